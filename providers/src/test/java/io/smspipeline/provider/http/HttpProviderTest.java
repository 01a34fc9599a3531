package io.smspipeline.provider.http;

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
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorType;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an HTTP provider does about accounts that are refused, trouble, and answers that are lost. */
class HttpProviderTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AggregatorBehaviour QUIET =
            AggregatorBehaviour.PROMPT.with("receipts", false).with("replies", false);

    private final List<AutoCloseable> open = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void close() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private SimulatedAggregator start(AggregatorType type) throws IOException {
        SimulatedAggregator aggregator = SimulatedAggregator.start(
                AggregatorSettings.forTests(type, "AC1", "token").withBehaviour(QUIET));
        open.add(aggregator);
        return aggregator;
    }

    private Wiring wiring() {
        return new Wiring(Clock.systemUTC(), new RecordingSink(), Replica.ONLY, meters, PersonalData.MASKED);
    }

    private Provider opened(Provider provider) {
        open.add(() -> provider.close(Duration.ZERO));
        await().atMost(SOON).until(() -> provider.availability().up());
        return provider;
    }

    private Provider plain(SimulatedAggregator aggregator, boolean check, String... keys) {
        return opened(HttpProvider.open(
                "plain",
                PlainApi.settings(aggregator.url(), keys),
                new PlainApi(aggregator.url(), "token", check),
                wiring()));
    }

    private static OutgoingMessage to(int handset, String id) {
        OutgoingMessage message = Messages.text(id, "text of " + id);
        message.setTo("+4477009" + String.format("%05d", handset));
        return message;
    }

    private static SendOutcome outcome(CompletableFuture<SendOutcome> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void wrong_credentials_stop_the_account_and_keep_the_messages() throws Exception {
        SimulatedAggregator twilio = start(AggregatorType.TWILIO);
        twilio.behave(QUIET.with("refuseCredentials", true));
        Provider provider = plain(twilio, true, "refused-pause: 50ms");
        Feeder feeder = new Feeder(provider);

        SendOutcome outcome = outcome(feeder.send(to(1, "m1")).get(0));

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Unreachable.class, unreachable -> {
            assertThat(unreachable.failure().getCode()).isEqualTo(FailureCode.AUTH);
            assertThat(unreachable.failure().getPermanent()).isFalse();
        });
        assertThat(provider.availability().up()).isFalse();
        assertThat(provider.availability().reason()).contains("401");
        assertThat(provider.reserve(feeder.plan(to(1, "m1")).get(0))).isNull();
        assertThat(meters.get("sms.provider.refused").gauge().value()).isEqualTo(1);
        await().atMost(SOON).until(() -> twilio.figures().lookUps() > 3);
        assertThat(twilio.figures().requests()).as("messages tried meanwhile").isEqualTo(1);

        twilio.behave(QUIET);

        assertThat(outcome(feeder.send(to(1, "m1")).get(0))).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(meters.get("sms.provider.refused").gauge().value()).isZero();
        assertThat(twilio.messages()).hasSize(1);
    }

    @Test
    void an_account_that_cannot_be_asked_about_is_tried_with_one_message_at_a_time() throws Exception {
        SimulatedAggregator twilio = start(AggregatorType.TWILIO);
        twilio.behave(QUIET.with("refuseCredentials", true));
        Provider provider = plain(twilio, false, "refused-pause: 50ms", "window: 10");
        Feeder feeder = new Feeder(provider);
        outcome(feeder.send(to(1, "m1")).get(0));

        await().atMost(SOON).until(() -> provider.availability().up());

        twilio.behave(QUIET.with("latency", "200ms"));
        CompletableFuture<SendOutcome> first =
                feeder.submit(feeder.plan(to(1, "m1")).get(0));
        assertThat(feeder.trySubmit(feeder.plan(to(2, "m2")).get(0))).isNull();
        assertThat(outcome(first)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(feeder.trySubmit(feeder.plan(to(2, "m2")).get(0))).isNotNull();
        assertThat(feeder.trySubmit(feeder.plan(to(3, "m3")).get(0))).isNotNull();
    }

    @Test
    void a_provider_that_has_trouble_with_everything_is_left_alone_for_a_while() throws Exception {
        SimulatedAggregator twilio = start(AggregatorType.TWILIO);
        twilio.behave(QUIET.with("failureShare", 1).with("failureStatus", 500));
        Provider provider = plain(twilio, true);
        Feeder feeder = new Feeder(provider);

        for (int i = 0; i < 10; i++) {
            assertThat(outcome(feeder.send(to(i, "m" + i)).get(0))).isInstanceOf(SendOutcome.Unreachable.class);
        }

        assertThat(provider.availability().up()).isFalse();
        assertThat(provider.availability().reason()).contains("500");
        twilio.behave(QUIET);
        await().atMost(SOON).until(() -> provider.availability().up());
        assertThat(outcome(feeder.send(to(1, "m1")).get(0))).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void a_message_whose_answer_was_lost_is_found_at_twilio_and_not_sent_again() throws Exception {
        SimulatedAggregator twilio = start(AggregatorType.TWILIO);
        Provider provider = opened(
                TestProviders.of("type: twilio", "account-sid: AC1", "auth-token: token", "base-url: " + twilio.url())
                        .open(wiring()));
        twilio.behave(QUIET.with("dropShare", 1));

        SendOutcome outcome = outcome(new Feeder(provider).send(to(1, "m1")).get(0));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Accepted.class,
                        accepted -> assertThat(accepted.providerMessageId())
                                .isEqualTo(twilio.messages().get(0).id()));
        assertThat(twilio.figures().accepted()).isEqualTo(1);
        assertThat(meters.get("sms.provider.answers.found").counter().count()).isEqualTo(1);
    }

    @Test
    void a_message_whose_answer_was_lost_is_sent_to_bulksms_again_and_taken_once() throws Exception {
        SimulatedAggregator bulksms = start(AggregatorType.BULKSMS);
        Provider provider = opened(
                TestProviders.of("type: bulksms", "token-id: AC1", "token-secret: token", "base-url: " + bulksms.url())
                        .open(wiring()));
        bulksms.behave(QUIET.with("dropShare", 1));
        CompletableFuture<SendOutcome> submitted =
                new Feeder(provider).send(to(1, "m1")).get(0);

        assertThat(outcome(submitted)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(bulksms.figures().accepted()).isEqualTo(1);
        assertThat(bulksms.figures().repeats()).isEqualTo(1);
    }

    @Test
    void two_messages_whose_keys_at_bulksms_are_the_same_are_both_sent() throws Exception {
        SimulatedAggregator bulksms = start(AggregatorType.BULKSMS);
        Provider provider = opened(
                TestProviders.of("type: bulksms", "token-id: AC1", "token-secret: token", "base-url: " + bulksms.url())
                        .open(wiring()));
        Feeder feeder = new Feeder(provider);

        assertThat(outcome(feeder.send(to(1, COLLIDING[0])).get(0))).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(outcome(feeder.send(to(2, COLLIDING[1])).get(0))).isInstanceOf(SendOutcome.Accepted.class);

        assertThat(bulksms.figures().repeats()).isEqualTo(1);
        assertThat(bulksms.messages())
                .extracting(sms -> sms.text())
                .containsExactly("text of " + COLLIDING[0], "text of " + COLLIDING[1]);
    }

    /** Two ids that have the same deduplication-id. */
    private static final String[] COLLIDING = {"m13553", "m23864"};

    @Test
    void an_answer_that_comes_after_all_is_told() throws Exception {
        SimulatedAggregator twilio = start(AggregatorType.TWILIO);
        Provider provider = plain(twilio, true, "response-timeout: 300ms");
        twilio.behave(QUIET.with("latency", "700ms"));

        SendOutcome outcome = outcome(new Feeder(provider).send(to(1, "m1")).get(0));

        assertThat(outcome).isInstanceOf(SendOutcome.Uncertain.class);
        SendOutcome late =
                ((SendOutcome.Uncertain) outcome).late().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(late).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(meters.get("sms.provider.answers.late").counter().count()).isEqualTo(1);
    }
}
