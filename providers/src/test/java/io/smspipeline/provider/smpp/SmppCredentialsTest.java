package io.smspipeline.provider.smpp;

import static io.smspipeline.provider.smpp.ScriptedProvider.SOON;
import static io.smspipeline.provider.smpp.ScriptedProvider.answerAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.Pdus;
import io.smspipeline.simulator.smsc.wire.RawPdu;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** An SMSC that does not let us in. */
class SmppCredentialsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.smspipeline.provider.smpp");
    private final Logger bindLogger = (Logger) LoggerFactory.getLogger(Bind.class);
    private final List<String> alarms = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel() == Level.ERROR) {
                alarms.add(event.getFormattedMessage());
            }
        }
    };

    @TempDir
    private Path folder;

    private ScriptedPeer peer;
    private Provider provider;

    @BeforeEach
    void listen() {
        appender.start();
        logger.addAppender(appender);
        // Off elsewhere in these tests, where links break on purpose.
        bindLogger.setLevel(Level.ERROR);
    }

    @AfterEach
    void close() {
        logger.detachAppender(appender);
        bindLogger.setLevel(Level.OFF);
        peer.close();
        provider.close(Duration.ZERO);
        assertThat(peer.faults()).isEmpty();
    }

    private void open(String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        provider = SmppTestAccount.at(peer.port(), all.toArray(new String[0]))
                .open(SmppTestAccount.wiring(new RecordingSink()));
    }

    private static void refuse(Link link, RawPdu bind, int status) throws IOException {
        link.write(Pdus.header(bind.commandId() | CommandId.RESPONSE, status, bind.sequence()));
        link.readOn();
    }

    private static String password(RawPdu bind) {
        return new String(bind.body(), StandardCharsets.ISO_8859_1).split("\0")[1];
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0E, 0x0F, 0x53})
    void wrong_credentials_hold_all_binds_up_together_with_one_alarm_until_they_are_right(int status) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        peer = ScriptedPeer.start(link -> {
            // All four come at the same time, then one for all, then one that succeeds and lets the others in.
            RawPdu bind = link.read();
            if (attempts.incrementAndGet() <= 5) {
                refuse(link, bind, status);
            } else {
                link.write(Pdus.bindResp(bind, "scripted", 0x34));
                answerAll(link);
            }
        });

        open("binds: 4", "rebind: {initial: 5ms, max: 20ms, refused: 500ms}");

        await().atMost(SOON)
                .until(() -> provider.availability().reason().startsWith("0 of 4")
                        && provider.availability().reason().contains("0x000000%02X".formatted(status)));
        await().atMost(SOON).until(() -> provider.availability().reason().startsWith("4 of 4"));
        assertThat(attempts).hasValue(9);
        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0)).contains("account refused provider=primary");
    }

    @Test
    void a_password_corrected_in_its_file_is_used_at_the_next_try() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "wrong\n");
        List<String> passwords = new CopyOnWriteArrayList<>();
        peer = ScriptedPeer.start(link -> {
            RawPdu bind = link.read();
            passwords.add(password(bind));
            if (password(bind).equals("right")) {
                link.write(Pdus.bindResp(bind, "scripted", 0x34));
                link.readOn();
            } else {
                refuse(link, bind, 0x0E);
            }
        });
        open("password-file: " + file, "rebind: {refused: 200ms}");
        await().atMost(SOON).until(() -> !passwords.isEmpty());

        Files.writeString(file, "right\n");

        await().atMost(SOON).until(() -> provider.availability().up());
        assertThat(passwords).startsWith("wrong").endsWith("right");
    }

    @Test
    void a_former_session_that_still_counts_is_waited_for_without_an_alarm() throws Exception {
        peer = ScriptedPeer.start(link -> {
            if (link.number() <= 4) {
                refuse(link, link.read(), 0x05);
            } else {
                link.acceptBind();
                link.readOn();
            }
        });

        open("rebind: {refused: 400ms}");

        await().atMost(SOON).until(() -> provider.availability().up());
        assertThat(peer.connections()).isEqualTo(5);
        assertThat(alarms).isEmpty();
    }

    @Test
    void one_bind_too_many_leaves_the_others_at_work() throws Exception {
        peer = ScriptedPeer.start(link -> {
            if (link.number() == 3) {
                refuse(link, link.read(), 0x0D);
            } else {
                link.acceptBind();
                answerAll(link);
            }
        });

        open("binds: 3", "rebind: {refused: 1h}");

        await().atMost(SOON)
                .until(() -> provider.availability().reason().startsWith("2 of 3")
                        && provider.availability().reason().contains("ESME_RBINDFAIL"));
        assertThat(provider.availability().up()).isTrue();
        assertThat(alarms).hasSize(1);
        assertThat(alarms.get(0)).contains("number of binds");
    }
}
