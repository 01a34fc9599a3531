package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.BreakerState;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.record.ProviderState;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a table says of a message, and what becomes of the message in the topology. */
class ExplainedTest {
    private static final List<String> ALIASES = List.of("primary", "us", "eu");

    private final RoutingSettings settings = RoutingDecisionsTest.settings();
    private final Driven router = Driven.start(
            new MemoryRegistry(), serdes -> new RoutingTopology(Flow.BULK, settings, TOPICS, 1, serdes).build());
    private Instant now = Messages.NOW;

    /** What was said of providers, and who wants nothing: as the router was told. */
    private final Map<String, ProviderState> states = new HashMap<>();

    private final Map<String, ControlMode> modes = new HashMap<>();
    private final Map<String, OptOut> optOuts = new HashMap<>();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void what_is_explained_is_what_the_router_does() {
        long seed = System.nanoTime();
        System.err.println("ExplainedTest seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            if (random.nextInt(20) == 0) {
                pass(Duration.ofMinutes(1 + random.nextInt(600)));
                // What was held until now, and was explained then.
                router.values(TOPICS.event());
                submitted();
            }
            if (i >= 500) {
                // At first nobody watches.
                somethingChanges(random);
            }
            OutgoingMessage message = message(random, "m" + i);
            Explanation explained = explained(message);

            router.publish(TOPICS.outgoing(), message.getTo(), message);

            seen.merge(asExplained(message, explained), 1, Integer::sum);
        }
        assertThat(seen).as("decisions that were seen").hasSizeGreaterThan(20);
        assertThat(seen.keySet()).anyMatch(each -> each.startsWith("OPTED_OUT"));
        assertThat(seen.keySet()).anyMatch(each -> each.startsWith("INVALID_RECIPIENT"));
        assertThat(seen.keySet()).anyMatch(each -> each.startsWith("EXPIRED"));
    }

    private Explanation explained(OutgoingMessage message) {
        Explaining.World world = new Explaining.World(
                ProviderView.of(states.values(), modes, settings.providers(), now),
                Measured.NOTHING,
                key -> optOuts.get(key.text()));
        return new Explaining(settings).explain(message, settings.table(), world, now);
    }

    /** What became of the message, after making sure that it is what was explained. */
    private String asExplained(OutgoingMessage message, Explanation explained) {
        List<RoutedMessage> submitted = submitted();
        List<LifecycleEvent> events = router.values(TOPICS.event());
        assertThat(events).as(message.toString()).hasSize(1);
        LifecycleEvent event = events.get(0);
        if (explained.heldUntil() != null) {
            assertThat(submitted).isEmpty();
            assertThat(event.getKind()).as(message.toString()).isEqualTo(EventKind.SCHEDULED);
        } else if (explained.rejected() != null) {
            assertThat(submitted).isEmpty();
            assertThat(event.getKind()).isIn(EventKind.REFUSED, EventKind.EXPIRED);
            assertThat(event.getFailure().getReason()).isEqualTo(explained.rejected());
            return event.getFailure().getCode() + " " + explained.rule();
        } else {
            assertThat(submitted).hasSize(1);
            RoutedMessage routed = submitted.get(0);
            List<String> candidates = new ArrayList<>(List.of(routed.getProvider()));
            candidates.addAll(routed.getAlternatives());
            assertThat(candidates).as(message.toString()).isEqualTo(explained.candidates());
            assertThat(routed.getRule()).isEqualTo(explained.rule());
            assertThat(event.getProvider()).isEqualTo(explained.provider());
            assertThat(routed.getAsked() != null)
                    .isEqualTo(explained.set().keySet().stream().anyMatch(key -> !key.equals("valid-for")));
        }
        return event.getKind() + " " + explained.rule() + " " + explained.provider();
    }

    /** A provider goes or comes, an operator or a handset says something; and who is there says so. */
    private void somethingChanges(Random random) {
        String alias = one(random, "primary", "us", "eu");
        if (random.nextInt(5) == 0) {
            boolean up = random.nextInt(3) > 0;
            tell(ProviderState.newBuilder()
                    .setAlias(alias)
                    .setReplica(one(random, "0", "1"))
                    .setUp(up)
                    .setRecovered(up && random.nextBoolean())
                    .setBreaker(one(
                            random, BreakerState.CLOSED, BreakerState.CLOSED, BreakerState.OPEN, BreakerState.TRIAL))
                    .setThrottled(random.nextInt(4) == 0)
                    .setRate(random.nextInt(3) * 10)
                    .setWaiting(random.nextInt(200))
                    .setSince(now.minusSeconds(random.nextInt(25)))
                    .setAt(now)
                    .build());
        }
        if (random.nextInt(40) == 0) {
            ControlMode mode = one(random, ControlMode.RUN, ControlMode.RUN, ControlMode.PAUSE, ControlMode.DRAIN);
            modes.put(alias, mode);
            router.publish(TOPICS.providerControl(), alias, new ProviderControl(alias, mode, "test", now));
        }
        if (random.nextInt(20) == 0) {
            OptOutKey key = OptOutKey.of(
                    one(random, "+447700900123", "+4915123456789", "+12015550123"),
                    one(random, "*", "MyShop", "12345", "+12025550199"));
            OptOut said = new OptOut(
                    key.handset(),
                    key.sender(),
                    random.nextInt(3) == 0,
                    one(random, OptOutOrigin.KEYWORD, OptOutOrigin.OPERATOR),
                    "STOP",
                    now);
            optOuts.put(key.text(), said);
            router.publish(TOPICS.optOut(), key.text(), said);
        }
        for (ProviderState state : List.copyOf(states.values())) {
            if (random.nextInt(20) > 0) {
                tell(ProviderState.newBuilder(state).setAt(now).build());
            }
        }
        // A router looks at providers ten times a second.
        pass(Duration.ofMillis(100));
    }

    private void tell(ProviderState state) {
        String key = Topics.providerStateKey(state.getAlias(), state.getReplica());
        states.put(key, state);
        router.publish(TOPICS.providerState(), key, state);
    }

    @Test
    void a_message_in_quiet_hours_is_scheduled_and_leaves_when_they_end() {
        pass(Duration.between(now, Instant.parse("2026-11-21T19:30:00Z")));
        router.publish(TOPICS.outgoing(), "+4915123456789", marketing("m1", null));

        assertThat(router.values(TOPICS.event()))
                .extracting(LifecycleEvent::getKind)
                .containsExactly(EventKind.SCHEDULED);
        pass(Duration.between(now, Instant.parse("2026-11-22T06:59:59Z")));
        assertThat(submitted()).isEmpty();
        pass(Duration.ofSeconds(2));

        assertThat(submitted()).extracting(RoutedMessage::getProvider).containsExactly("eu");
        assertThat(router.values(TOPICS.event()))
                .extracting(LifecycleEvent::getKind)
                .containsExactly(EventKind.ROUTED);
    }

    @Test
    void a_message_that_is_not_valid_until_quiet_hours_end_expires_at_once() {
        pass(Duration.between(now, Instant.parse("2026-11-21T19:30:00Z")));
        router.publish(TOPICS.outgoing(), "+4915123456789", marketing("m1", Instant.parse("2026-11-22T06:00:00Z")));

        List<LifecycleEvent> events = router.values(TOPICS.event());
        assertThat(events).extracting(LifecycleEvent::getKind).containsExactly(EventKind.EXPIRED);
        assertThat(events.get(0).getFailure().getReason())
                .isEqualTo("it must not be sent before 2026-11-22T07:00:00Z and is valid until 2026-11-22T06:00:00Z"
                        + " only");
    }

    @Test
    void what_a_rule_sets_is_submitted_and_what_was_asked_for_is_kept_beside_it() {
        OutgoingMessage message = Messages.message("m1");
        message.setLabels(Map.of("type", "otp"));
        message.setFrom("MyShop");
        router.publish(TOPICS.outgoing(), message.getTo(), message);

        List<RoutedMessage> urgent = router.values(TOPICS.submit("primary", Lane.HIGH));
        assertThat(urgent).hasSize(1);
        RoutedMessage routed = urgent.get(0);
        assertThat(routed.getMessage().getPriority()).isEqualTo(Priority.HIGH);
        assertThat(routed.getMessage().getStatusReport()).isEqualTo(StatusReport.ALL);
        assertThat(routed.getMessage().getValidUntil()).isEqualTo(now.plus(Duration.ofMinutes(5)));
        assertThat(routed.getMessage().getFrom()).isEqualTo("MyShop");
        assertThat(routed.getAsked().getPriority()).isEqualTo(Priority.NORMAL);
        assertThat(routed.getAsked().getStatusReport()).isEqualTo(StatusReport.FINAL);
    }

    @Test
    void a_deadline_that_is_nearer_than_the_rules_stays() {
        OutgoingMessage message = Messages.message("m1");
        message.setLabels(Map.of("type", "otp"));
        message.setValidUntil(now.plusSeconds(60));
        router.publish(TOPICS.outgoing(), message.getTo(), message);

        assertThat(submitted().get(0).getMessage().getValidUntil()).isEqualTo(now.plusSeconds(60));
    }

    @Test
    void a_message_that_comes_back_is_decided_by_what_was_asked_for_and_keeps_its_deadline() {
        OutgoingMessage message = Messages.message("m1", "+4915123456789");
        message.setLabels(Map.of("module", "marketing"));
        message.setParams(Map.of("campaign", "autumn", "own", "1"));
        router.publish(TOPICS.outgoing(), message.getTo(), message);
        RoutedMessage first = submitted().get(0);
        assertThat(first.getMessage().getFrom()).isEqualTo("Offers");
        assertThat(first.getMessage().getParams())
                .isEqualTo(Map.of("campaign", "winter", "own", "1", "transliteration", "where-it-fits"));

        router.publish(
                TOPICS.returned(),
                message.getTo(),
                ReturnedMessage.newBuilder()
                        .setMessage(first.getMessage())
                        .setAsked(first.getAsked())
                        .setReason(ReturnReason.PROVIDER_DOWN)
                        .setTried(List.of("eu"))
                        .setAttempt(1)
                        .setAt(now)
                        .build());

        RoutedMessage second = submitted().get(0);
        assertThat(second.getRule()).isEqualTo("marketing");
        assertThat(second.getMessage()).isEqualTo(first.getMessage());
        assertThat(second.getAsked()).isEqualTo(first.getAsked());
        assertThat(second.getAsked().getParams()).isEqualTo(Map.of("campaign", "autumn", "own", "1"));
        assertThat(second.getAttempt()).isEqualTo(2);
    }

    private void pass(Duration time) {
        router.wait(time);
        now = now.plus(time);
    }

    private List<RoutedMessage> submitted() {
        List<RoutedMessage> all = new ArrayList<>();
        for (String alias : ALIASES) {
            for (Lane lane : Lane.values()) {
                all.addAll(router.values(TOPICS.submit(alias, lane)));
            }
        }
        return all;
    }

    private static OutgoingMessage marketing(String id, Instant validUntil) {
        OutgoingMessage message = Messages.message(id, "+4915123456789");
        message.setLabels(Map.of("module", "marketing"));
        message.setValidUntil(validUntil);
        return message;
    }

    private OutgoingMessage message(Random random, String id) {
        OutgoingMessage message = Messages.message(
                id,
                one(
                        random,
                        "+447700900123",
                        "+442079460123",
                        "+449098790123",
                        "+4915123456789",
                        "+4366412345678",
                        "+12015550123",
                        "+14165550123",
                        "+33612345678",
                        "+919876543210",
                        "12"));
        Map<String, String> labels = new HashMap<>();
        if (random.nextInt(3) == 0) {
            labels.put("type", one(random, "otp", "spam", "other"));
        }
        if (random.nextInt(3) == 0) {
            labels.put("module", one(random, "alarm", "marketing", "shop"));
        }
        message.setLabels(labels);
        message.setFrom(random.nextBoolean() ? null : one(random, "MyShop", "12345", "Other"));
        message.setPriority(one(random, Priority.values()));
        message.setProvider(random.nextInt(12) > 0 ? null : one(random, "us", "gone"));
        message.setSubmissionId(random.nextInt(8) > 0 ? null : one(random, "c1", "c3"));
        message.setTenant(random.nextInt(8) > 0 ? null : "acme");
        message.setContent(new TextContent(one(random, "Hello", "Привет", "a".repeat(200), "a".repeat(400))));
        message.setEncoding(one(random, Encoding.AUTO, Encoding.UCS2));
        message.setSendAt(random.nextInt(15) > 0 ? null : now.plusSeconds(random.nextInt(3_600)));
        message.setValidUntil(random.nextInt(15) > 0 ? null : now.plusSeconds(random.nextInt(20_000) - 2_000));
        return message;
    }

    @SafeVarargs
    private static <T> T one(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
