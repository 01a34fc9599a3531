package io.smspipeline.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.Availability;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Between a provider and Kafka, both played by the test. */
class ReceiverServiceTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CompletableFuture<Void> kafkasAnswer = new CompletableFuture<>();
    private final ScriptedSource source = new ScriptedSource("primary", true);

    @Test
    void the_provider_hears_nothing_before_kafka_has_answered() {
        receiver(source);

        CompletionStage<Void> told = source.wiring.inbound().receipt(Arrivals.receipt("primary", "4711"), "4711");

        assertThat(told.toCompletableFuture()).isNotDone();
        kafkasAnswer.complete(null);
        assertThat(told.toCompletableFuture()).isCompleted();
        assertThat(arrivals("receipt", "taken")).isEqualTo(1);
    }

    @Test
    void what_kafka_did_not_take_fails_so_that_the_provider_sends_it_again() {
        receiver(source);
        kafkasAnswer.completeExceptionally(new IllegalStateException("Kafka is away"));

        CompletionStage<Void> told = source.wiring.inbound().mo(Arrivals.part("primary", "+447700900123"));

        assertThat(told.toCompletableFuture()).isCompletedExceptionally();
        assertThat(arrivals("mo", "refused")).isEqualTo(1);
    }

    @Test
    void what_cannot_be_understood_is_counted_and_goes_on_all_the_same() {
        receiver(source);
        Receipt unreadable = Arrivals.receipt("primary", "");
        unreadable.setUnderstood(false);

        source.wiring.inbound().receipt(unreadable, "");

        assertThat(meters.get("sms.receiver.not.understood")
                        .tag("kind", "receipt")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_source_that_is_down_is_named_with_its_reason() {
        ReceiverService receiver = receiver(source);
        assertThat(receiver.trouble()).isEmpty();

        source.availability = new Availability(false, "the SMSC refuses the password", Instant.EPOCH);

        assertThat(receiver.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("primary", "refuses the password"));
        assertThat(meters.get("sms.receiver.up")
                        .tag("provider", "primary")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void providers_without_a_connection_of_this_replica_are_left_to_the_others() {
        ScriptedSource elsewhere = new ScriptedSource("other", false);

        receiver(source, elsewhere);

        assertThat(source.wiring).isNotNull();
        assertThat(elsewhere.wiring).isNull();
    }

    @Test
    void closing_says_goodbye_to_every_source() {
        receiver(source).close();

        assertThat(source.closed).isTrue();
    }

    @Test
    void sources_are_closed_at_the_same_time_so_that_one_delays_no_other() {
        ScriptedSource other = new ScriptedSource("other", true);
        CyclicBarrier together = new CyclicBarrier(2);
        source.onClose = () -> await(together);
        other.onClose = () -> await(together);

        receiver(source, other).close();

        assertThat(source.closed && other.closed).isTrue();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("the other source was not closed meanwhile", e);
        }
    }

    @Test
    void a_source_that_cannot_be_opened_leaves_none_open() {
        ScriptedSource broken = new ScriptedSource("broken", true);
        broken.isBroken = true;

        assertThatThrownBy(() -> receiver(source, broken)).hasMessage("a bug in the provider");

        assertThat(source.closed).isTrue();
    }

    private ReceiverService receiver(ScriptedSource... sources) {
        InboundSink kafka = new InboundSink() {
            @Override
            public CompletionStage<Void> receipt(Receipt receipt, String correlationId) {
                return kafkasAnswer;
            }

            @Override
            public CompletionStage<Void> mo(MoPart part) {
                return kafkasAnswer;
            }
        };
        return new ReceiverService(
                ReceiverSettings.read(Settings.parse("{}", Map.of(), ServiceSettings.TOP_LEVEL)
                        .root()),
                List.of(sources),
                kafka,
                meters,
                Clock.systemUTC(),
                PersonalData.MASKED);
    }

    private double arrivals(String kind, String result) {
        return meters.get("sms.receiver.arrivals")
                .tag("kind", kind)
                .tag("result", result)
                .counter()
                .count();
    }
}
