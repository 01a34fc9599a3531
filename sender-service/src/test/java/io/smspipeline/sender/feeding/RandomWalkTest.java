package io.smspipeline.sender.feeding;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Pace;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.dispatch.Output;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Outcomes of every kind, in any order, while partitions come and go. Whatever happens, the promises hold: each is a method
 * called at every step.
 */
class RandomWalkTest {
    private static final int STEPS = 3_000;
    private static final int PARTITIONS = 4;
    private static final int BOUND = 12;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HandClock clock = new HandClock();
    private final Lanes lanes = new Lanes();
    private final Tenures tenures = new Tenures();
    private final Unrecorded unrecorded = new Unrecorded(BOUND);
    private final LinkedBlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    private final Dispatch dispatch = new Dispatch("acme", new Topics(""), true);
    private final ScriptedProvider provider = new ScriptedProvider("acme", 6, clock, ScriptedProvider.SILENT);
    private final Feeder feeder = new Feeder(
            provider,
            new Pace(6, 0, BOUND, Duration.ofSeconds(10)),
            new Pacer(0, 0, clock),
            lanes,
            unrecorded,
            happenings::add,
            fault -> {
                throw new AssertionError(fault);
            },
            clock,
            clock);

    private final Map<String, Handover> handovers = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Set<String> handedBack = new HashSet<>();
    private final Set<String> mayNotLeave = new HashSet<>();
    private final Set<String> firsts = new HashSet<>();
    private final Map<String, Long> places = new HashMap<>();
    private int number;

    @RepeatedTest(5)
    void the_promises_hold() {
        try {
            walk();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void walk() {
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            all.add(new TopicPartition("t", i));
        }
        provider.follow(submission -> watch(submission, null));
        tenures.begin(all);
        Set<TopicPartition> held = new HashSet<>(all);
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(12)) {
                case 0, 1 -> add(held);
                case 2, 3, 4 -> feeder.feed();
                case 5, 6, 7 -> answer();
                case 8, 9 -> record(random.nextInt(4));
                case 10 -> clock.pass(Duration.ofMillis(random.nextInt(2_000)));
                default -> move(held, all);
            }
            check();
        }
        finish();
    }

    private void add(Set<TopicPartition> held) {
        if (held.isEmpty() || lanes.size() > 50) {
            return;
        }
        TopicPartition partition = new ArrayList<>(held).get(random.nextInt(held.size()));
        String id = "m" + number++;
        RoutedMessage routed = random.nextBoolean()
                ? Messages.parts(1 + random.nextInt(5), id)
                : Messages.parts(1 + random.nextInt(5), id, "other");
        routed.getMessage().setOnUncertain(random.nextInt(4) == 0 ? OnUncertain.HOLD : OnUncertain.RESEND);
        routed.getMessage().setTo("+1555010" + random.nextInt(3));
        if (random.nextInt(5) == 0) {
            routed.getMessage().setValidUntil(clock.instant().plusMillis(random.nextInt(5_000)));
        }
        Lane lane = Lane.values()[random.nextInt(3)];
        Handover handover = Messages.handover(routed, lane, tenures.of(partition), unrecorded);
        handovers.put(id, handover);
        feeder.add(handover);
    }

    private void answer() {
        List<String> waiting = provider.unanswered();
        if (waiting.isEmpty()) {
            return;
        }
        String name = waiting.get(random.nextInt(waiting.size()));
        provider.answer(
                name,
                switch (random.nextInt(8)) {
                    case 0 -> ScriptedProvider.throttled();
                    case 1 -> ScriptedProvider.unreachable(Duration.ofMillis(random.nextInt(3) * 700));
                    case 2 -> ScriptedProvider.uncertain();
                    case 3 ->
                        ScriptedProvider.rejected(random.nextBoolean() ? FailureCode.CREDIT : FailureCode.GENERIC);
                    default -> new SendOutcome.Accepted("1", "1");
                });
        if (random.nextInt(20) == 0) {
            provider.goDown();
        } else {
            provider.comeUp();
        }
    }

    private void record(int most) {
        for (int i = 0; i < most && !happenings.isEmpty(); i++) {
            Happening happening = happenings.poll();
            if (happening instanceof Happening.Answered answered) {
                settle(answered.attempt(), dispatch.after(answered.attempt(), answered.outcome(), clock.instant()));
            } else if (happening instanceof Happening.Expired expired) {
                settle(expired.attempt(), dispatch.expired(expired.attempt(), clock.instant()));
            } else if (happening instanceof Happening.ProviderDown down) {
                settle(down.attempt(), dispatch.providerDown(down.attempt(), down.why(), clock.instant()));
            } else if (happening instanceof Happening.Intended intended) {
                Handover handover = intended.attempt().handover();
                handover.putOnRecord();
                handover.settle(false);
                feeder.onRecord(intended.attempt());
            }
        }
    }

    private void settle(Attempt attempt, Verdict verdict) {
        Handover handover = attempt.handover();
        for (Output output : verdict.outputs()) {
            if (output.topic().equals("sms.returned")) {
                assertThat(handedBack.add(handover.messageId()))
                        .as("handed back once")
                        .isTrue();
                mayNotLeave.add(handover.messageId());
            }
        }
        if (handover.settle(verdict instanceof Verdict.Done)) {
            assertThat(finished.add(handover.messageId())).as("finished once").isTrue();
            mayNotLeave.add(handover.messageId());
            handover.seenThrough();
        } else if (verdict instanceof Verdict.Again again) {
            feeder.again(again.attempt(), again.delay());
        }
    }

    /** A partition comes back, is lost, or is given up with or without patience enough. */
    private void move(Set<TopicPartition> held, List<TopicPartition> all) {
        TopicPartition partition = all.get(random.nextInt(all.size()));
        if (!held.contains(partition)) {
            held.add(partition);
            tenures.begin(List.of(partition));
        } else if (random.nextInt(4) == 0) {
            held.remove(partition);
            if (random.nextBoolean()) {
                tenures.end(List.of(partition));
                lanes.dropDead();
                for (int i = 0; i < random.nextInt(10); i++) {
                    feeder.feed();
                    answer();
                    record(2);
                }
                tenures.conclude(List.of(partition), Duration.ZERO);
            } else {
                tenures.lose(List.of(partition));
            }
            lanes.dropDead();
            handovers.forEach((id, handover) -> {
                if (handover.partition().equals(partition) && !handover.isOnRecord()) {
                    mayNotLeave.add(id);
                }
            });
        }
    }

    private @Nullable SendOutcome watch(Submission submission, @Nullable SendOutcome outcome) {
        assertThat(mayNotLeave)
                .as("submitted although it may not leave")
                .doesNotContain(submission.message().getId());
        inOrder(submission);
        return outcome;
    }

    /** When something is submitted for the first time, nothing published before it to its handset is still to come. */
    private void inOrder(Submission submission) {
        if (!firsts.add(ScriptedProvider.name(submission))) {
            return;
        }
        Handover handover = handovers.get(submission.message().getId());
        String lane = handover.lane() + submission.message().getTo();
        long place = handover.order() * 1_000 + submission.number();
        assertThat(place)
                .as("place of %s", ScriptedProvider.name(submission))
                .isGreaterThan(places.getOrDefault(lane, -1L));
        if (submission.number() == 1) {
            places.put(lane, place);
        }
        if (submission.number() > 1) {
            assertThat(firsts).contains(submission.message().getId() + "/" + (submission.number() - 1));
        }
    }

    private void check() {
        mayNotLeave.forEach(
                id -> assertThat(handovers.get(id).isLive()).as("%s lives", id).isFalse());
        assertThat(unrecorded.count()).isBetween(0, BOUND + 30);
        assertThat(tenures.underWay()).isNotNegative();
    }

    /** Everything is accepted in the end: then nothing is left behind anywhere. */
    private void finish() {
        provider.comeUp();
        provider.follow(submission -> watch(submission, ScriptedProvider.accepted(submission)));
        for (int turn = 0; turn < 2_000 && !(lanes.size() == 0 && happenings.isEmpty()); turn++) {
            provider.acceptAll();
            feeder.feed();
            record(100);
            clock.pass(Duration.ofSeconds(1));
        }
        provider.acceptAll();
        record(1_000);
        assertThat(lanes.size()).isZero();
        assertThat(unrecorded.count()).as("unrecorded in the end").isZero();
        assertThat(tenures.underWay()).as("under way in the end").isZero();
        handovers.forEach((id, handover) -> assertThat(finished.contains(id) || mayNotLeave.contains(id))
                .as("%s finished or gone", id)
                .isTrue());
    }
}
