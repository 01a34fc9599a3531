package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message to a handset and what comes back, over both kinds of binds. */
class SmppTrafficTest {
    private final RecordingSink sink = new RecordingSink();
    private SimulatedSmsc smsc;

    @BeforeEach
    void startSmsc() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests());
    }

    @AfterEach
    void stopSmsc() {
        smsc.close();
    }

    @Test
    void a_text_is_accepted_and_its_receipt_arrives_on_the_receiver_bind() throws Exception {
        try (Provider provider = SmppTestAccount.at(smsc.port()).open(SmppTestAccount.wiring(sink));
                InboundSource source = SmppTestAccount.at(smsc.port())
                        .openInbound(SmppTestAccount.wiring(sink))
                        .orElseThrow()) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> source.availability().up());

            SendOutcome.Accepted accepted = accepted(new Feeder(provider).send(Messages.text("m1", "Hello")));

            await().atMost(Duration.ofSeconds(30)).until(() -> !sink.receipts().isEmpty());
            assertThat(sink.receipts().get(0).getState()).isEqualTo(ReceiptState.DELIVERED);
            assertThat(sink.receipts().get(0).getHandset()).isEqualTo(Messages.HANDSET);
            assertThat(sink.receipts().get(0).getSender()).isEqualTo("12345");
            assertThat(sink.correlationIds()).containsExactlyElementsOf(accepted.correlationIds());
        }
    }

    @Test
    void a_transceiver_brings_receipts_and_replies_on_the_sending_side() throws Exception {
        try (Provider provider =
                SmppTestAccount.at(smsc.port(), "bind: transceiver").open(SmppTestAccount.wiring(sink))) {
            accepted(new Feeder(provider).send(Messages.text("m1", "Hello?")));

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !sink.receipts().isEmpty() && !sink.parts().isEmpty());
            assertThat(sink.parts().get(0).getText()).isEqualTo("Yes. You asked: Hello?");
            assertThat(sink.parts().get(0).getFrom()).isEqualTo(Messages.HANDSET);
            assertThat(sink.parts().get(0).getTo()).isEqualTo("12345");
        }
    }

    @Test
    void the_session_says_goodbye_when_the_provider_closes() throws Exception {
        Provider provider = SmppTestAccount.at(smsc.port()).open(SmppTestAccount.wiring(sink));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> provider.availability().up());

        provider.close();

        await().atMost(Duration.ofSeconds(30)).until(() -> smsc.figures().unbinds() == 1);
    }

    private static SendOutcome.Accepted accepted(List<CompletableFuture<SendOutcome>> outcomes) throws Exception {
        assertThat(outcomes).hasSize(1);
        SendOutcome outcome = outcomes.get(0).get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
        return (SendOutcome.Accepted) outcome;
    }
}
