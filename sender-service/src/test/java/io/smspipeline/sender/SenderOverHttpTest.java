package io.smspipeline.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorFigures;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorType;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import io.smspipeline.simulator.aggregator.Sms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sender as its own process would run it, with an aggregator on the other side. {@code -Dsms.proofs=true} is the long form:
 * ten seconds of 429 and more messages.
 */
@ExtendWith(KafkaEnvExtension.class)
class SenderOverHttpTest {
    private static final boolean LONG = Boolean.getBoolean("sms.proofs");
    private static final int MESSAGES = LONG ? 5_000 : 300;
    private static final Duration TOO_MANY = Duration.ofSeconds(LONG ? 10 : 3);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final AggregatorBehaviour WORKS = AggregatorBehaviour.PROMPT
            .with("latency", "5ms")
            .with("receipts", false)
            .with("replies", false)
            .with("retryAfter", RETRY_AFTER.toSeconds() + "s");

    private final Cluster cluster;
    private final SimulatedAggregator twilio;

    SenderOverHttpTest(KafkaEnv env) throws Exception {
        cluster = new Cluster(env);
        twilio = SimulatedAggregator.start(AggregatorSettings.forTests(AggregatorType.TWILIO, "AC1", "token")
                .withBehaviour(WORKS));
    }

    @AfterEach
    void close() {
        twilio.close();
        cluster.close();
    }

    /** Over one connection nothing is under way when 429 comes, so not one request may be early. */
    @ParameterizedTest(name = "{0} requests at once")
    @ValueSource(ints = {1, 20})
    void a_provider_that_has_too_much_for_a_while_gets_each_message_once_and_none_before_its_time(
            int window, @TempDir Path data) {
        String sections = """
                sender: {replica: 0/1, drain: 10s}
                providers:
                  - {alias: acme, type: twilio, account-sid: AC1, auth-token: token, from: "+14155550199", window: %d,
                     base-url: "%s"}
                """.formatted(window, twilio.url());
        try (ConfiguredSender ignored = new ConfiguredSender(cluster, sections, data)) {
            cluster.route(Lane.NORMAL, messages(0, MESSAGES / 3));
            eventually().until(() -> twilio.figures().accepted() > MESSAGES / 10);

            twilio.behave(WORKS.with("throttleAll", true));
            cluster.route(Lane.NORMAL, messages(MESSAGES / 3, MESSAGES));
            eventually().until(() -> twilio.figures().throttled() > 0);
            // Not a wait for something to happen: so long the provider has too much.
            await().pollDelay(TOO_MANY).atMost(TOO_MANY.plusMinutes(1)).until(() -> true);
            twilio.behave(WORKS);

            eventually().until(cluster::allCommitted);
            eventually().until(() -> accepted().size() >= MESSAGES);
        }

        AggregatorFigures figures = twilio.figures();
        System.err.printf(
                "429 for %d s, %d at once: %d messages, %d requests, %d of them throttled, %d on their way when it was said%n",
                TOO_MANY.toSeconds(), window, MESSAGES, figures.requests(), figures.throttled(), figures.early());
        assertThat(twilio.messages()).extracting(Sms::text).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(accepted())
                .extracting(LifecycleEvent::getMessageId)
                .hasSize(MESSAGES)
                .doesNotHaveDuplicates();
        assertThat(figures.throttled()).isPositive();
        long rounds = TOO_MANY.dividedBy(RETRY_AFTER) + 2;
        // While an answer is on its way, others come and make room for one request more each.
        assertThat(figures.early())
                .as("requests while they were forbidden")
                .isLessThanOrEqualTo(2L * (window - 1) * rounds);
        assertThat(figures.requests() - figures.accepted())
                .as("requests in vain")
                .isLessThanOrEqualTo(2L * window * rounds);
    }

    private static List<RoutedMessage> messages(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> {
                    OutgoingMessage message = Messages.message("m" + number);
                    message.setTo("+4477009%05d".formatted(number));
                    message.setContent(new TextContent("number " + number));
                    message.setValidUntil(Instant.now().plusSeconds(3600));
                    return Messages.routed(message);
                })
                .toList();
    }

    private List<LifecycleEvent> accepted() {
        return cluster.read(
                cluster.topics.accepted().name(), value -> cluster.serdes.read(cluster.topics.accepted(), value));
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofMinutes(3));
    }
}
