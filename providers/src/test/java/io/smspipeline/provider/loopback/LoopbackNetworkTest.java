package io.smspipeline.provider.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackNetworkTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RecordingSink sink = new RecordingSink();
    private final LoopbackAccount account =
            (LoopbackAccount) TestProviders.of("type: loopback", "receipt-after: 10ms", "keep: 3");
    private final Provider provider = account.open(
            new Wiring(Clock.systemUTC(), sink, Replica.ONLY, new SimpleMeterRegistry(), PersonalData.MASKED));

    @AfterEach
    void close() {
        provider.close();
    }

    private SendOutcome.Accepted send(String id, String text) throws Exception {
        return (SendOutcome.Accepted)
                new Feeder(provider).send(Messages.text(id, text)).get(0).get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_receipt_follows_under_the_id_of_the_acceptance() throws Exception {
        SendOutcome.Accepted accepted = send("m1", "Hello");

        await().atMost(SOON).until(() -> sink.receipts().size() == 1);
        assertThat(sink.correlationIds()).containsExactlyElementsOf(accepted.correlationIds());
        assertThat(sink.receipts().get(0).getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(sink.receipts().get(0).getHandset()).isEqualTo(Messages.HANDSET);
    }

    @Test
    void a_question_is_answered_by_its_handset() throws Exception {
        send("m1", "Hello?");

        await().atMost(SOON).until(() -> sink.parts().size() == 1);
        assertThat(sink.parts().get(0).getFrom()).isEqualTo(Messages.HANDSET);
        assertThat(sink.parts().get(0).getTo()).isEqualTo("12345");
        assertThat(sink.parts().get(0).getText()).isEqualTo("Yes. You asked: Hello?");
    }

    @Test
    void the_latest_traffic_is_remembered_and_no_more() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("m" + i, "Hello " + i);
        }

        assertThat(account.network().traffic())
                .extracting(sent -> sent.message().getId())
                .containsExactly("m2", "m3", "m4");
    }

    @Test
    void what_the_sink_does_not_take_is_offered_again_and_is_the_same() throws Exception {
        sink.fail();
        var received =
                account.network().receive(Messages.HANDSET, "12345", "STOP").toCompletableFuture();
        await().atMost(SOON).until(() -> !sink.parts().isEmpty());

        sink.take();

        received.get(30, TimeUnit.SECONDS);
        assertThat(sink.parts())
                .extracting("id")
                .hasSizeGreaterThan(1)
                .containsOnly(sink.parts().get(0).getId());
    }

    @Test
    void ids_of_two_processes_do_not_meet() throws Exception {
        LoopbackNetwork other = new LoopbackNetwork("test", Duration.ZERO, 1, false);

        String ours = send("m1", "Hello").providerMessageId();
        String theirs = other.take(
                        new Feeder(provider).plan(Messages.text("m1", "Hello")).get(0))
                .providerMessageId();

        assertThat(theirs).isNotEqualTo(ours);
    }
}
