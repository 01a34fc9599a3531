package io.smspipeline.sender.feeding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.Pace;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.dispatch.Verdict;
import io.smspipeline.sender.fixture.HandClock;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Lanes;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.pacing.Pacer;
import io.smspipeline.sender.record.Happening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is submitted and when. The test does the work of the feeder's thread, so that nothing happens by itself, and that of
 * the recorder.
 */
class FeederTest {
    private static final TopicPartition PARTITION = new TopicPartition("sms.submit.acme.normal", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private final Lanes lanes = new Lanes();
    private final Tenures tenures = new Tenures();
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final Dispatch dispatch = new Dispatch("acme", new Topics(""), true);
    private Unrecorded unrecorded = new Unrecorded(100);
    private ScriptedProvider provider = new ScriptedProvider("acme", 10, clock, ScriptedProvider.SILENT);
    private Pacer pacer = new Pacer(0, 0, clock);
    private Feeder feeder = feeder();

    private Feeder feeder() {
        return new Feeder(
                provider,
                new Pace(10, 0, 100, Duration.ofSeconds(10)),
                pacer,
                lanes,
                unrecorded,
                happenings::add,
                faults::add,
                clock,
                clock);
    }

    @BeforeEach
    void hold() {
        tenures.begin(List.of(PARTITION));
    }

    @AfterEach
    void close() {
        feeder.close();
        assertThat(faults).isEmpty();
    }

    private Handover add(RoutedMessage routed, Lane lane) {
        Handover handover = Messages.handover(routed, lane, tenures.of(PARTITION), unrecorded);
        feeder.add(handover);
        return handover;
    }

    private Handover add(String id) {
        return add(Messages.routed(id), Lane.NORMAL);
    }

    private void add(int count) {
        for (int i = 1; i <= count; i++) {
            add("m" + i);
        }
    }

    private void assertSubmitted(String... names) {
        feeder.feed();
        assertThat(provider.submitted()).containsExactly(names);
    }

    /** As the recorder does, one happening at a time. */
    private void recordAll() {
        for (Happening happening = happenings.poll(); happening != null; happening = happenings.poll()) {
            if (happening instanceof Happening.Answered answered) {
                settle(answered.attempt(), dispatch.after(answered.attempt(), answered.outcome(), clock.instant()));
            } else if (happening instanceof Happening.Intended intended) {
                intended.attempt().handover().putOnRecord();
                intended.attempt().handover().settle(false);
                feeder.onRecord(intended.attempt());
            } else if (happening instanceof Happening.Expired expired) {
                settle(expired.attempt(), dispatch.expired(expired.attempt(), clock.instant()));
            } else if (happening instanceof Happening.Capped capped) {
                settle(capped.attempt(), dispatch.capped(capped.attempt(), clock.instant()));
            } else if (happening instanceof Happening.Spared spared) {
                settle(spared.attempt(), new Verdict.Done(List.of()));
            } else if (happening instanceof Happening.Late late) {
                dispatch.late(late.attempt(), late.outcome(), clock.instant());
            } else if (happening instanceof Happening.Withdrawn withdrawn) {
                settle(withdrawn.attempt(), dispatch.withdrawn(withdrawn.attempt(), clock.instant()));
            } else if (happening instanceof Happening.ProviderDown down) {
                settle(down.attempt(), dispatch.providerDown(down.attempt(), down.why(), clock.instant()));
            }
        }
    }

    private void settle(Attempt attempt, Verdict verdict) {
        if (attempt.handover().settle(verdict instanceof Verdict.Done)) {
            attempt.handover().seenThrough();
        } else if (verdict instanceof Verdict.Again again) {
            feeder.again(again.attempt(), again.delay());
        }
    }

    @Test
    void what_was_submitted_as_often_as_it_may_be_is_not_submitted_again_whoever_asks_for_it() {
        RoutedMessage last = Messages.parts(2, "last");
        last.setAttempt(Dispatch.MOST_ATTEMPTS);
        RoutedMessage over = Messages.parts(2, "over");
        over.setAttempt(Dispatch.MOST_ATTEMPTS + 1);
        RoutedMessage resolved = Messages.held("resolved");
        resolved.setAttempt(Dispatch.MOST_ATTEMPTS + 1);

        add(last, Lane.NORMAL);
        Handover capped = add(over, Lane.NORMAL);
        add(resolved, Lane.NORMAL);

        assertSubmitted("last/1", "last/2");
        assertThat(happenings)
                .extracting(
                        each -> ((Happening.Capped) each).attempt().handover().messageId())
                .containsExactly("over", "over", "resolved");
        recordAll();
        assertThat(capped.isLive()).as("its record is finished").isFalse();
    }

    @Test
    void no_more_is_under_way_than_the_window_takes() {
        add(25);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);

        provider.answer("m3/1", ScriptedProvider.uncertain());

        feeder.feed();
        assertThat(provider.submitted()).hasSize(11);
        assertThat(provider.submitted().get(10)).isEqualTo("m11/1");
        assertThat(provider.mostAtOnce()).isEqualTo(10);
    }

    @Test
    void messages_to_one_handset_are_submitted_in_published_order() {
        List<String> expected = new ArrayList<>();
        provider.follow(ScriptedProvider.ACCEPTING);
        for (int i = 1; i <= 60; i++) {
            add("m" + i);
            expected.add("m" + i + "/1");
        }

        assertSubmitted(expected.toArray(String[]::new));
    }

    @Test
    void the_parts_of_a_message_are_submitted_in_order_and_together() {
        add(Messages.parts(3, "long"), Lane.NORMAL);
        add("later");

        assertSubmitted("long/1", "long/2", "long/3", "later/1");
    }

    @Test
    void what_was_throttled_goes_before_what_was_published_later() {
        add(13);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);
        provider.answer("m2/1", ScriptedProvider.throttled());
        provider.answer("m1/1", ScriptedProvider.throttled());
        assertThat(happenings).hasSize(2);
        recordAll();
        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);

        clock.pass(Duration.ofSeconds(2));
        feeder.feed();
        assertThat(provider.submitted()).hasSize(11);
        clock.pass(Duration.ofSeconds(1));
        feeder.feed();

        assertThat(provider.submitted()).hasSize(12);
        assertThat(provider.submitted().subList(10, 12)).containsExactly("m1/1", "m2/1");
    }

    @Test
    void a_part_is_tried_again_while_its_siblings_are_queued() {
        provider = new ScriptedProvider("acme", 1, clock, ScriptedProvider.SILENT);
        feeder = feeder();
        add(Messages.parts(2, "long"), Lane.NORMAL);
        assertSubmitted("long/1");

        provider.goDown();
        provider.answer("long/1", ScriptedProvider.unreachable(Duration.ZERO));
        assertThat(happenings).hasSize(1);
        recordAll();
        provider.comeUp();
        feeder.feed();
        assertThat(provider.submitted()).hasSize(2);
        provider.answer("long/1", new SendOutcome.Accepted("1", "1"));

        assertSubmitted("long/1", "long/1", "long/2");
    }

    @Test
    void unrecorded_submits_never_exceed_their_bound() {
        unrecorded = new Unrecorded(15);
        feeder = feeder();
        provider.follow(ScriptedProvider.ACCEPTING);
        add(100);
        int recorded = 0;
        while (recorded < 100) {
            feeder.feed();
            assertThat(provider.submitted()).hasSize(Math.min(100, recorded + 15));
            assertThat(unrecorded.count()).isLessThanOrEqualTo(15);
            recorded += happenings.size();
            recordAll();
        }

        assertThat(unrecorded.count()).isZero();
        assertThat(tenures.underWay()).isZero();
    }

    @Test
    void a_message_larger_than_the_bound_is_submitted_alone() {
        unrecorded = new Unrecorded(4);
        feeder = feeder();
        provider.follow(ScriptedProvider.ACCEPTING);
        add("m1");
        add(Messages.parts(6, "large"), Lane.NORMAL);
        add("m2");
        assertSubmitted("m1/1");

        recordAll();
        feeder.feed();
        assertThat(provider.submitted()).hasSize(7);
        assertThat(happenings).hasSize(6);
        recordAll();

        feeder.feed();
        assertThat(provider.submitted()).contains("m2/1");
    }

    @Test
    void parts_of_a_begun_message_do_not_wait_for_room() {
        unrecorded = new Unrecorded(10);
        feeder = feeder();
        add(Messages.parts(10, "long"), Lane.LOW);
        add(Messages.routed("high"), Lane.HIGH);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(1);
        provider.acceptAll();
        assertThat(happenings).hasSize(1);
        recordAll();

        feeder.feed();
        assertThat(provider.submitted()).hasSize(11);
        assertThat(provider.submitted().get(0)).isEqualTo("high/1");
    }

    @Test
    void the_high_lane_goes_first() {
        provider.goDown();
        for (int i = 1; i <= 9; i++) {
            add(Messages.routed("low" + i), Lane.LOW);
        }
        feeder.feed();
        add(Messages.routed("high"), Lane.HIGH);

        provider.comeUp();

        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);
        assertThat(provider.submitted().get(0)).isEqualTo("high/1");
    }

    @Test
    void what_remains_of_the_validity_goes_to_the_provider() {
        add(Messages.until(HandClock.START.plusSeconds(90), "m"), Lane.NORMAL);
        clock.pass(Duration.ofSeconds(30));

        assertSubmitted("m/1");
        assertThat(provider.validity("m/1")).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void what_expired_in_our_hands_is_not_submitted() {
        provider.goDown();
        add(Messages.until(HandClock.START.plusSeconds(5), "m1"), Lane.NORMAL);
        add("m2");
        feeder.feed();

        clock.pass(Duration.ofSeconds(5));
        feeder.feed();
        assertThat(happenings).hasSize(1);
        provider.comeUp();

        assertSubmitted("m2/1");
        assertThat(((Happening.Expired) happenings.poll()).attempt().handover().messageId())
                .isEqualTo("m1");
    }

    @Test
    void a_provider_that_stays_away_loses_what_others_could_carry_and_nothing_else() {
        provider.goDown();
        add(Messages.routed(Messages.message("both"), "other"), Lane.NORMAL);
        add("only");
        feeder.feed();
        clock.pass(Duration.ofSeconds(9));
        feeder.feed();
        assertThat(happenings).isEmpty();

        clock.pass(Duration.ofSeconds(2));
        feeder.feed();
        assertThat(happenings).hasSize(1);

        assertThat(((Happening.ProviderDown) happenings.peek())
                        .attempt()
                        .handover()
                        .messageId())
                .isEqualTo("both");
        recordAll();
        provider.comeUp();
        assertSubmitted("only/1");
    }

    @Test
    void a_paused_provider_is_fed_nothing_and_keeps_what_waits() {
        feeder.obey(ControlMode.PAUSE);
        add(Messages.routed(Messages.message("both"), "other"), Lane.NORMAL);
        add("only");
        feeder.feed();
        clock.pass(Duration.ofSeconds(60));
        feeder.feed();
        assertThat(happenings).isEmpty();
        assertThat(provider.submitted()).isEmpty();

        feeder.obey(ControlMode.RUN);

        assertSubmitted("both/1", "only/1");
    }

    @Test
    void a_drained_provider_gives_back_what_others_could_carry_and_keeps_the_rest() {
        add(Messages.routed(Messages.message("both"), "other"), Lane.NORMAL);
        add("only");
        feeder.obey(ControlMode.DRAIN);
        clock.pass(Duration.ofSeconds(1));
        feeder.feed();

        assertThat(happenings).hasSize(1);
        assertThat(((Happening.ProviderDown) happenings.peek())
                        .attempt()
                        .handover()
                        .messageId())
                .isEqualTo("both");
        assertThat(provider.submitted()).isEmpty();
        recordAll();
        feeder.obey(ControlMode.RUN);
        assertSubmitted("only/1");
    }

    @Test
    void a_drained_provider_still_gets_the_rest_of_what_it_took_in_part() {
        provider = new ScriptedProvider("acme", 1, clock, ScriptedProvider.SILENT);
        feeder = feeder();
        add(Messages.parts(2, "long", "other"), Lane.NORMAL);
        assertSubmitted("long/1");
        feeder.obey(ControlMode.DRAIN);
        provider.acceptAll();
        recordAll();
        clock.pass(Duration.ofSeconds(1));

        assertSubmitted("long/1", "long/2");
    }

    @Test
    void a_message_is_handed_back_once_however_many_of_its_parts_wait() {
        add(Messages.parts(3, "long", "other"), Lane.NORMAL);
        assertSubmitted("long/1", "long/2", "long/3");
        provider.goDown();
        for (int part = 1; part <= 3; part++) {
            provider.answer("long/" + part, ScriptedProvider.unreachable(Duration.ZERO));
        }
        assertThat(happenings).hasSize(3);
        recordAll();

        clock.pass(Duration.ofSeconds(11));
        feeder.feed();

        assertThat(happenings).hasSize(1);
        recordAll();
        clock.pass(Duration.ofSeconds(11));
        feeder.feed();
        assertThat(happenings).isEmpty();
        assertThat(unrecorded.count()).isZero();
        assertThat(tenures.underWay()).isZero();
    }

    @Test
    void a_message_of_which_a_part_was_taken_stays_however_long_the_provider_is_away() {
        provider = new ScriptedProvider("acme", 1, clock, ScriptedProvider.SILENT);
        feeder = feeder();
        add(Messages.parts(2, "long", "other"), Lane.NORMAL);
        assertSubmitted("long/1");
        provider.goDown();
        provider.acceptAll();
        assertThat(happenings).hasSize(1);
        recordAll();

        clock.pass(Duration.ofSeconds(60));
        feeder.feed();
        assertThat(happenings).isEmpty();
        provider.comeUp();

        assertSubmitted("long/1", "long/2");
    }

    @Test
    void nothing_is_submitted_of_a_partition_that_was_given_up() {
        add(12);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);

        tenures.end(List.of(PARTITION));
        lanes.dropDead();
        provider.acceptAll();
        assertThat(happenings).hasSize(10);
        recordAll();

        assertThat(tenures.conclude(List.of(PARTITION), PATIENCE)).containsExactly(PARTITION);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(10);
        assertThat(unrecorded.count()).isZero();
    }

    @Test
    void what_was_begun_is_completed_while_its_partition_is_given_up() {
        provider = new ScriptedProvider("acme", 1, clock, ScriptedProvider.SILENT);
        feeder = feeder();
        add(Messages.parts(2, "long"), Lane.NORMAL);
        add("fresh");
        assertSubmitted("long/1");

        tenures.end(List.of(PARTITION));
        lanes.dropDead();
        provider.acceptAll();
        assertSubmitted("long/1", "long/2");
        provider.acceptAll();
        assertThat(happenings).hasSize(2);
        recordAll();

        assertThat(tenures.conclude(List.of(PARTITION), PATIENCE)).containsExactly(PARTITION);
        feeder.feed();
        assertThat(provider.submitted()).hasSize(2);
    }

    @Test
    void giving_up_a_partition_does_not_wait_for_a_provider_that_took_nothing() {
        add(3);
        assertSubmitted("m1/1", "m2/1", "m3/1");
        provider.goDown();
        for (int i = 1; i <= 3; i++) {
            provider.answer("m" + i + "/1", ScriptedProvider.unreachable(Duration.ZERO));
        }
        assertThat(happenings).hasSize(3);
        recordAll();

        tenures.end(List.of(PARTITION));
        lanes.dropDead();

        assertThat(tenures.conclude(List.of(PARTITION), Duration.ZERO)).containsExactly(PARTITION);
        assertThat(unrecorded.count()).isZero();
    }

    @Test
    void a_held_message_is_submitted_after_its_intention_is_recorded() {
        add(Messages.held("held"), Lane.NORMAL);
        add("later");
        feeder.feed();
        assertThat(happenings).hasSize(1);
        assertThat(provider.submitted()).isEmpty();

        recordAll();

        assertSubmitted("held/1", "later/1");
    }

    @Test
    void intentions_run_no_further_ahead_than_submits() {
        unrecorded = new Unrecorded(5);
        feeder = feeder();
        for (int i = 1; i <= 50; i++) {
            add(Messages.held("held" + i), Lane.NORMAL);
        }
        feeder.feed();

        assertThat(happenings).hasSize(5);
        recordAll();
        feeder.feed();
        assertThat(provider.submitted()).hasSize(5);
        assertThat(happenings).isEmpty();
    }

    @Test
    void one_that_waits_for_its_delay_keeps_nobody_from_being_begun() {
        unrecorded = new Unrecorded(1);
        feeder = feeder();
        add("m1");
        add("m2");
        assertSubmitted("m1/1");
        provider.answer("m1/1", ScriptedProvider.unreachable(Duration.ofSeconds(5)));
        assertThat(happenings).hasSize(1);
        recordAll();
        assertSubmitted("m1/1", "m2/1");
        provider.acceptAll();
        assertThat(happenings).hasSize(1);
        recordAll();

        clock.pass(Duration.ofSeconds(5));
        assertSubmitted("m1/1", "m2/1", "m1/1");
    }

    @Test
    void a_submit_that_fails_by_a_bug_is_uncertain_and_stops_nobody() {
        provider.follow(submission -> {
            if (submission.message().getId().equals("m1")) {
                throw new IllegalStateException("a bug");
            }
            return ScriptedProvider.accepted(submission);
        });
        add(2);

        feeder.feed();

        assertThat(happenings).hasSize(2);
        Happening.Answered first = (Happening.Answered) happenings.poll();
        assertThat(first.outcome()).isInstanceOf(SendOutcome.Uncertain.class);
    }

    @Test
    void the_rate_is_kept() {
        pacer = new Pacer(10, 0, clock);
        pacer.share(1);
        clock.pass(Duration.ofSeconds(2));
        feeder = feeder();
        provider.follow(ScriptedProvider.ACCEPTING);
        add(5);
        for (int submitted = 1; submitted <= 5; submitted++) {
            long wait = feeder.feed();
            assertThat(provider.submitted()).hasSize(submitted);
            clock.pass(Duration.ofNanos(wait));
        }
    }

    @Test
    void refusals_reach_the_recorder_as_they_are() {
        provider.follow(submission -> ScriptedProvider.rejected(FailureCode.INVALID_RECIPIENT));
        add("m");

        feeder.feed();

        assertThat(happenings).hasSize(1);
        assertThat(((Happening.Answered) happenings.poll()).outcome())
                .isEqualTo(ScriptedProvider.rejected(FailureCode.INVALID_RECIPIENT));
    }

    @Test
    void it_wakes_when_there_is_work() {
        provider.follow(ScriptedProvider.ACCEPTING);
        feeder.start();
        for (int i = 1; i <= 20; i++) {
            int submitted = i;
            add("m" + i);
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> provider.submitted().size() == submitted);
        }
    }

    @Test
    void it_tells_when_it_stops_by_a_fault() {
        feeder = new Feeder(
                provider,
                new Pace(10, 0, 100, Duration.ofSeconds(10)),
                pacer,
                lanes,
                unrecorded,
                happening -> {
                    throw new IllegalStateException("a bug");
                },
                faults::add,
                clock,
                clock);
        provider.follow(ScriptedProvider.ACCEPTING);
        feeder.start();

        add(Messages.until(HandClock.START, "expired"), Lane.NORMAL);

        await().atMost(PATIENCE).until(() -> !faults.isEmpty());
        faults.clear();
    }

    @Test
    void what_waits_is_cancelled_and_never_submitted() {
        add(12);
        Handover ended = add(Messages.parts(2, "w"), Lane.NORMAL);
        feeder.feed();

        CompletableFuture<Boolean> withdrawn = feeder.withdraw("w").toCompletableFuture();
        CompletableFuture<Boolean> nobody = feeder.withdraw("m1").toCompletableFuture();
        feeder.feed();

        assertThat(withdrawn.join()).isTrue();
        assertThat(nobody.join()).as("it is the provider's").isFalse();
        recordAll();
        assertThat(ended.isLive()).isFalse();
        provider.follow(ScriptedProvider.ACCEPTING);
        provider.acceptAll();
        feeder.feed();
        assertThat(provider.submitted()).doesNotContain("w/1", "w/2").contains("m12/1");
    }

    @Test
    void a_late_answer_spares_the_repeat_that_still_waits() {
        CompletableFuture<SendOutcome> late = new CompletableFuture<>();
        Handover handover = add("m1");
        feeder.feed();
        provider.answer("m1/1", new SendOutcome.Uncertain(Messages.failure(FailureCode.SERVER, "slow"), late));
        recordAll();

        late.complete(new SendOutcome.Accepted("1", "1"));
        recordAll();

        assertSubmitted("m1/1");
        recordAll();
        assertThat(tenures.underWay()).isZero();
        assertThat(handover.isLive()).isFalse();
    }
}
