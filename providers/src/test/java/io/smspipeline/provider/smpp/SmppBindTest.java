package io.smspipeline.provider.smpp;

import static io.smspipeline.provider.smpp.ScriptedProvider.SOON;
import static io.smspipeline.provider.smpp.ScriptedProvider.answerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Binding, and binding again. */
class SmppBindTest {
    private ScriptedProvider scripted;

    @AfterEach
    void close() {
        scripted.close();
    }

    private void open(Script script, String... keys) throws IOException {
        scripted = new ScriptedProvider(script, keys);
    }

    @Test
    void a_link_cut_right_after_the_bind_is_not_taken_for_a_session() throws Exception {
        open(link -> {
            link.acceptBind();
            if (link.number() <= 20) {
                link.cut();
            } else {
                answerAll(link);
            }
        });

        await().atMost(SOON).until(() -> scripted.peer().connections() == 21 && scripted.isUp());
        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_link_cut_instead_of_an_answer_to_the_bind_costs_no_timeout() throws Exception {
        open(
                link -> {
                    if (link.number() <= 3) {
                        link.read();
                        link.cut();
                    } else {
                        link.acceptBind();
                        link.readOn();
                    }
                },
                "response-timeout: 120s");

        await().atMost(SOON).until(() -> scripted.isUp());
    }

    @Test
    void a_peer_that_is_mute_from_the_beginning_is_given_up_and_tried_anew() throws Exception {
        open(
                link -> {
                    if (link.number() <= 2) {
                        link.stayMute();
                    } else {
                        link.acceptBind();
                        answerAll(link);
                    }
                },
                "response-timeout: 1s");

        await().atMost(SOON).until(() -> scripted.isUp());
        assertThat(scripted.peer().connections()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0x00, 0x03, 0x33, 0x34, 0x35, 0x40, 0x50, 0xFF})
    void whatever_version_the_smsc_names_the_bind_holds(int version) throws Exception {
        open(link -> {
            link.acceptBind(version);
            answerAll(link);
        });

        assertThat(scripted.submitOne()).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(scripted.peer().connections()).isEqualTo(1);
    }

    @Test
    void an_smsc_that_unbinds_is_answered_and_bound_anew() throws Exception {
        open(link -> {
            link.acceptBind();
            if (link.number() == 1) {
                link.write(Pdus.header(CommandId.UNBIND, 0, 99));
                assertThat(link.read(CommandId.UNBIND | CommandId.RESPONSE).sequence())
                        .isEqualTo(99);
            } else {
                answerAll(link);
            }
        });

        await().atMost(SOON).until(() -> scripted.peer().connections() == 2 && scripted.isUp());
    }

    @Test
    void refused_credentials_are_not_hammered_and_work_once_they_are_right() throws Exception {
        long begin = System.nanoTime();
        open(link -> {
            if (link.number() <= 2) {
                RawPdu bind = link.read();
                link.write(Pdus.header(bind.commandId() | CommandId.RESPONSE, 0x0E, bind.sequence()));
                link.readOn();
            } else {
                link.acceptBind();
                answerAll(link);
            }
        });

        await().atMost(SOON)
                .until(() -> scripted.provider().availability().reason().contains("ESME_RINVPASWD"));
        await().atMost(SOON).until(() -> scripted.isUp());
        assertThat(scripted.peer().connections()).isEqualTo(3);
        // 300 ms after the first refusal, 600 ms after the second.
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void every_bind_parameter_reaches_the_smsc() throws Exception {
        open(
                link -> {
                    link.acceptBind();
                    link.readOn();
                },
                "system-type: VMA",
                "interface-version: 5.0",
                "addr-ton: 1",
                "addr-npi: 2",
                "address-range: \"^44\"");

        await().atMost(SOON)
                .until(() ->
                        !scripted.peer().received(CommandId.BIND_TRANSMITTER).isEmpty());
        byte[] expected = new OctetWriter(32)
                .cString("test")
                .cString("secret")
                .cString("VMA")
                .u8(0x50)
                .u8(1)
                .u8(2)
                .cString("^44")
                .toByteArray();
        byte[] body =
                scripted.peer().received(CommandId.BIND_TRANSMITTER).get(0).body();
        assertThat(body).isEqualTo(expected);
    }
}
