package io.smspipeline.provider.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.TextContent;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackHeldTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String LONG = "1h";
    private static final String AT_ONCE = "0s";

    private final RecordingSink sink = new RecordingSink();
    private LoopbackAccount account;
    private Provider provider;
    private HeldMessages held;

    private HeldMessage sent(String receiptAfter) throws Exception {
        account = (LoopbackAccount) TestProviders.of("type: loopback", "receipt-after: " + receiptAfter);
        provider = account.open(
                new Wiring(Clock.systemUTC(), sink, Replica.ONLY, new SimpleMeterRegistry(), PersonalData.MASKED));
        held = provider.held().orElseThrow();
        SendOutcome outcome =
                new Feeder(provider).send(Messages.text("m1", "Hello")).get(0).get(30, TimeUnit.SECONDS);
        return new HeldMessage(((SendOutcome.Accepted) outcome).providerMessageId(), "12345", Messages.HANDSET);
    }

    @AfterEach
    void close() {
        provider.close(Duration.ZERO);
    }

    private static HeldAnswer answer(CompletionStage<HeldAnswer> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private ReceiptState told(HeldMessage message) throws Exception {
        HeldAnswer answer = answer(held.query(message));
        assertThat(answer).isInstanceOf(HeldAnswer.Told.class);
        assertThat(((HeldAnswer.Told) answer).correlationId()).isEqualTo(message.providerMessageId());
        return ((HeldAnswer.Told) answer).receipt().getState();
    }

    @Test
    void what_is_held_is_under_way_and_can_be_withdrawn() throws Exception {
        HeldMessage message = sent(LONG);
        assertThat(told(message)).isEqualTo(ReceiptState.ENROUTE);

        assertThat(answer(held.cancel(message))).isInstanceOf(HeldAnswer.Done.class);

        assertThat(told(message)).isEqualTo(ReceiptState.DELETED);
        assertThat(answer(held.cancel(message))).isInstanceOf(HeldAnswer.Refused.class);
    }

    @Test
    void a_withdrawn_message_is_not_delivered() throws Exception {
        HeldMessage withdrawn = sent("300ms");
        HeldAnswer answer = answer(held.cancel(withdrawn));
        Feeder feeder = new Feeder(provider);
        feeder.send(Messages.text("m2", "Hello"));

        await().atMost(SOON).until(() -> sink.correlationIds().size() >= 1);

        // On a machine that slept meanwhile it may have been delivered before.
        if (answer instanceof HeldAnswer.Done) {
            assertThat(sink.correlationIds()).doesNotContain(withdrawn.providerMessageId());
        }
    }

    @Test
    void another_text_takes_the_place_of_what_is_held() throws Exception {
        HeldMessage message = sent(LONG);

        assertThat(answer(held.replace(message, "Good bye", Duration.ofHours(1))))
                .isInstanceOf(HeldAnswer.Done.class);

        assertThat(account.network().traffic())
                .extracting(sent -> ((TextContent) sent.message().getContent()).getText())
                .containsExactly("Good bye");
        assertThat(answer(held.replace(message, "x".repeat(161), Duration.ofHours(1))))
                .isInstanceOf(HeldAnswer.Refused.class);
    }

    @Test
    void what_was_delivered_is_told_and_no_longer_withdrawn_or_replaced() throws Exception {
        HeldMessage message = sent(AT_ONCE);
        await().atMost(SOON).until(() -> sink.receipts().size() == 1);

        assertThat(told(message)).isEqualTo(ReceiptState.DELIVERED);
        assertThat(answer(held.cancel(message)))
                .isInstanceOfSatisfying(
                        HeldAnswer.Refused.class,
                        refused -> assertThat(refused.failure().getReason()).contains("delivered"));
        assertThat(answer(held.replace(message, "Late", Duration.ofHours(1)))).isInstanceOf(HeldAnswer.Refused.class);
    }
}
