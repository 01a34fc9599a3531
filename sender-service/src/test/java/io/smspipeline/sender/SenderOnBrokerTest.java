package io.smspipeline.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OnUncertain;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.service.start.StartUpFault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole senders on a real broker, with a provider that does as it is told. */
@ExtendWith(KafkaEnvExtension.class)
class SenderOnBrokerTest {
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final ScheduledExecutorService answers = Executors.newSingleThreadScheduledExecutor();
    /** Of the sender started last. */
    private MeterRegistry meters = new SimpleMeterRegistry();

    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final List<SenderService> senders = new ArrayList<>();

    SenderOnBrokerTest(KafkaEnv env) {
        cluster = new Cluster(env);
    }

    @AfterEach
    void close() {
        senders.forEach(SenderService::abandon);
        answers.shutdownNow();
        cluster.close();
        assertThat(faults).isEmpty();
    }

    private static Pace pace(int maxUnrecorded) {
        return new Pace(Math.min(50, maxUnrecorded), 0, maxUnrecorded, Duration.ofSeconds(10));
    }

    private static ScriptedProvider provider(Function<Submission, SendOutcome> script) {
        return new ScriptedProvider(Cluster.ALIAS, 50, Clock.systemUTC(), script);
    }

    /** Accepts after some milliseconds, on a thread of its own. */
    private ScriptedProvider acceptingLater() {
        ScriptedProvider provider = provider(ScriptedProvider.SILENT);
        provider.follow(submission -> {
            try {
                answers.schedule(
                        () -> {
                            if (provider.unanswered().contains(ScriptedProvider.name(submission))) {
                                provider.answer(
                                        ScriptedProvider.name(submission), ScriptedProvider.accepted(submission));
                            }
                        },
                        5,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                return ScriptedProvider.uncertain();
            }
            return null;
        });
        return provider;
    }

    private SenderService sender(int number, ScriptedProvider provider, Pace pace, Duration drain) {
        meters = new SimpleMeterRegistry();
        SenderService sender = cluster.sender(number, provider, pace, drain, meters, faults::add);
        senders.add(sender);
        return sender;
    }

    private SenderService sender(ScriptedProvider provider) {
        return sender(0, provider, pace(100), DRAIN);
    }

    private static OutgoingMessage message(String id) {
        OutgoingMessage message = Messages.message(id);
        message.setValidUntil(Instant.now().plusSeconds(3600));
        return message;
    }

    private static List<RoutedMessage> messages(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> Messages.routed(message(prefix + number)))
                .toList();
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> prefix + number + "/1")
                .toList();
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(60));
    }

    private List<LifecycleEvent> accepted() {
        String topic = cluster.topics.accepted().name();
        return cluster.read(topic, value -> cluster.serdes.read(cluster.topics.accepted(), value));
    }

    /** An offset may be seen to be committed a moment before the records of its transaction are. */
    private void awaitAccepted(int count) {
        eventually().untilAsserted(() -> assertThat(accepted()).hasSize(count));
    }

    private List<LifecycleEvent> events() {
        String topic = cluster.topics.event().name();
        return cluster.read(topic, value -> cluster.serdes.read(cluster.topics.event(), value));
    }

    @Test
    void every_lane_ends_in_acceptances_where_receipts_find_them_and_in_committed_offsets() {
        for (Lane lane : Lane.values()) {
            cluster.route(lane, messages(lane.segment(), 20));
        }

        sender(acceptingLater());

        eventually().until(cluster::allCommitted);
        awaitAccepted(60);
        assertThat(cluster.read(cluster.topics.accepted().name()))
                .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Lane.values())
                        .flatMap(lane -> names("acme|id-" + lane.segment(), 20).stream())
                        .toList());
        assertThat(accepted()).extracting(LifecycleEvent::getKind).containsOnly(EventKind.ACCEPTED);
    }

    @Test
    void octets_that_are_no_record_are_set_aside_and_keep_nobody() {
        String topic = cluster.topics.submit(Cluster.ALIAS, Lane.NORMAL).name();
        cluster.publish(topic, List.of("poison".getBytes(StandardCharsets.UTF_8), new byte[0], new byte[] {
            0, 0x7F, 0x7F, 0x7F, 0x7F, 1
        }));
        cluster.route(Lane.NORMAL, messages("m", 9));

        sender(acceptingLater());

        eventually().until(cluster::allCommitted);
        eventually().until(() -> cluster.read(cluster.topics.deadLetter()).size() == 3);
        List<ConsumerRecord<byte[], byte[]>> letters = cluster.read(cluster.topics.deadLetter());
        assertThat(letters).allSatisfy(letter -> {
            assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC)).isEqualTo(topic);
            assertThat(DeadLetter.header(letter.headers(), DeadLetter.REASON)).isNotEmpty();
        });
        assertThat(letters)
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .contains("poison");
        awaitAccepted(9);
    }

    @Test
    void a_dead_letter_that_is_too_large_for_its_topic_keeps_nobody() {
        byte[] large = new byte[1_048_400];
        String topic = cluster.topics.submit(Cluster.ALIAS, Lane.NORMAL).name();
        cluster.publish(topic, List.of(large));
        cluster.route(Lane.NORMAL, messages("m", 3));

        sender(acceptingLater());

        eventually().until(cluster::allCommitted);
        awaitAccepted(3);
        eventually()
                .untilAsserted(() -> assertThat(cluster.read(cluster.topics.deadLetter()))
                        .singleElement()
                        .satisfies(letter -> assertThat(letter.value()).isEmpty()));
    }

    @Test
    void high_messages_go_first() {
        ScriptedProvider provider = acceptingLater();
        provider.goDown();
        cluster.route(Lane.LOW, messages("low", 300));
        sender(provider);
        eventually().until(() -> meters.get("sms.sender.waiting").gauge().value() == 300);
        cluster.route(Lane.HIGH, messages("high", 10));
        eventually().until(() -> meters.get("sms.sender.waiting").gauge().value() == 310);

        provider.comeUp();

        eventually().until(() -> provider.submitted().size() == 310);
        assertThat(provider.submitted().subList(0, 10)).containsExactlyInAnyOrderElementsOf(names("high", 10));
    }

    @Test
    void two_senders_share_the_work_and_partitions_that_move_repeat_nothing() {
        int count = 3_000;
        ScriptedProvider first = acceptingLater();
        ScriptedProvider second = acceptingLater();
        cluster.route(Lane.NORMAL, messages("m", count));
        SenderService leaving = sender(0, first, pace(100), DRAIN);
        eventually().until(() -> first.submitted().size() > 200);
        sender(1, second, pace(100), DRAIN);
        eventually().until(() -> second.submitted().size() > 200);

        leaving.close();
        cluster.route(Lane.NORMAL, messages("late", 300));

        eventually().until(() -> first.submitted().size() + second.submitted().size() >= count + 300);
        eventually().until(cluster::allCommitted);
        List<String> submitted = new ArrayList<>(first.submitted());
        submitted.addAll(second.submitted());
        assertThat(submitted).doesNotHaveDuplicates().hasSize(count + 300);
        awaitAccepted(count + 300);
        assertThat(accepted()).extracting(LifecycleEvent::getPossibleRepeat).containsOnly(false);
    }

    @Test
    void a_process_that_is_gone_repeats_no_more_than_it_said() {
        int bound = 40;
        ScriptedProvider first = acceptingLater();
        ScriptedProvider second = acceptingLater();
        cluster.route(Lane.NORMAL, messages("m", 1_500));
        SenderService killed = sender(0, first, pace(bound), DRAIN);
        eventually().until(() -> first.submitted().size() > 500);

        killed.abandon();
        List<String> before = first.submitted();
        sender(0, second, pace(bound), DRAIN);

        eventually().until(cluster::allCommitted);
        Set<String> all = new HashSet<>(before);
        all.addAll(second.submitted());
        assertThat(all).hasSize(1_500);
        Set<String> repeated = new HashSet<>(before);
        repeated.retainAll(second.submitted());
        assertThat(repeated).hasSizeLessThanOrEqualTo(bound);
        assertThat(second.submitted()).doesNotHaveDuplicates();
        Set<String> marked = new HashSet<>();
        for (LifecycleEvent event : accepted()) {
            if (event.getPossibleRepeat() && event.getAttempt() == 2) {
                marked.add(event.getMessageId() + "/" + event.getPart());
            }
        }
        assertThat(marked).containsAll(repeated);
    }

    @Test
    void parts_that_were_accepted_are_not_sent_again_after_a_kill() {
        RoutedMessage routed = Messages.parts(4, "m");
        routed.getMessage().setValidUntil(Instant.now().plusSeconds(3600));
        ScriptedProvider first =
                provider(submission -> submission.number() % 2 == 1 ? ScriptedProvider.accepted(submission) : null);
        cluster.route(Lane.NORMAL, List.of(routed));
        SenderService killed = sender(0, first, pace(100), DRAIN);
        awaitAccepted(2);

        killed.abandon();
        ScriptedProvider second = acceptingLater();
        sender(0, second, pace(100), DRAIN);

        eventually().until(cluster::allCommitted);
        assertThat(second.submitted()).containsExactly("m/2", "m/4");
        awaitAccepted(4);
    }

    @Test
    void all_parts_of_a_message_count_for_what_a_hard_kill_may_repeat() {
        int bound = 40;
        List<RoutedMessage> texts = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            RoutedMessage routed = Messages.parts(8, "m" + i);
            routed.getMessage().setValidUntil(Instant.now().plusSeconds(3600));
            texts.add(routed);
        }
        ScriptedProvider first = acceptingLater();
        ScriptedProvider second = acceptingLater();
        cluster.route(Lane.NORMAL, texts);
        SenderService killed = sender(0, first, pace(bound), DRAIN);
        eventually().until(() -> first.submitted().size() > 200);

        killed.abandon();
        sender(0, second, pace(bound), DRAIN);

        eventually().until(cluster::allCommitted);
        List<String> repeated = new ArrayList<>(first.submitted());
        repeated.retainAll(second.submitted());
        assertThat(repeated).hasSizeLessThanOrEqualTo(bound);
        Map<String, List<Integer>> parts = new HashMap<>();
        for (String name : second.submitted()) {
            String[] idAndNumber = name.split("/");
            parts.computeIfAbsent(idAndNumber[0], id -> new ArrayList<>()).add(Integer.parseInt(idAndNumber[1]));
        }
        assertThat(parts.values())
                .allSatisfy(numbers -> assertThat(numbers).isSorted().doesNotHaveDuplicates());
        Set<String> all = new HashSet<>(first.submitted());
        all.addAll(second.submitted());
        assertThat(all).hasSize(800);
    }

    @Test
    void a_held_message_is_never_submitted_twice_however_its_process_ends() {
        List<RoutedMessage> held = messages("m", 30);
        held.forEach(routed -> routed.getMessage().setOnUncertain(OnUncertain.HOLD));
        ScriptedProvider silent = provider(ScriptedProvider.SILENT);
        ScriptedProvider second = acceptingLater();
        cluster.route(Lane.NORMAL, held);
        SenderService killed = sender(0, silent, pace(10), DRAIN);
        eventually().until(() -> silent.submitted().size() == 10);

        killed.abandon();
        sender(0, second, pace(10), DRAIN);

        eventually().until(cluster::allCommitted);
        assertThat(second.submitted()).doesNotContainAnyElementsOf(silent.submitted());
        eventually()
                .untilAsserted(() -> assertThat(events())
                        .filteredOn(event -> event.getKind() == EventKind.SUBMITTING)
                        .extracting(LifecycleEvent::getMessageId)
                        .doesNotHaveDuplicates()
                        .hasSize(30));
    }

    @Test
    void closing_sees_through_what_was_submitted() {
        ScriptedProvider provider = provider(ScriptedProvider.SILENT);
        cluster.route(Lane.NORMAL, messages("m", 20));
        SenderService sender = sender(provider);
        eventually().until(() -> provider.submitted().size() == 20);

        answers.schedule(provider::acceptAll, 500, TimeUnit.MILLISECONDS);
        sender.close();

        awaitAccepted(20);
        assertThat(cluster.allCommitted()).isTrue();
    }

    @Test
    void closing_ends_in_time_when_no_answer_comes_and_tells_what_is_uncertain() {
        ScriptedProvider mute = provider(ScriptedProvider.SILENT);
        ScriptedProvider second = acceptingLater();
        cluster.route(Lane.NORMAL, messages("m", 5));
        SenderService sender = sender(0, mute, pace(100), Duration.ofSeconds(1));
        eventually().until(() -> mute.submitted().size() == 5);

        sender.close();

        assertThat(events())
                .extracting(LifecycleEvent::getKind)
                .containsOnly(EventKind.UNCERTAIN)
                .hasSize(5);
        assertThat(cluster.allCommitted()).isFalse();
        sender(0, second, pace(100), DRAIN);
        eventually().until(cluster::allCommitted);
        assertThat(second.submitted()).containsExactlyInAnyOrderElementsOf(mute.submitted());
    }

    @Test
    void it_says_what_keeps_it_from_working() {
        ScriptedProvider provider = acceptingLater();
        SenderService sender = sender(provider);
        eventually().until(() -> sender.trouble().isEmpty());

        provider.goDown();

        assertThat(sender.trouble()).hasValue("provider acme is down: gone away");
    }

    @Test
    void a_missing_topic_is_told_before_anything_starts() {
        ScriptedProvider unknown = new ScriptedProvider("nobody", 1, Clock.systemUTC(), ScriptedProvider.SILENT);

        assertThatThrownBy(() -> sender(unknown))
                .isInstanceOf(StartUpFault.class)
                .hasMessageContaining("sms.submit.nobody.high")
                .hasMessageContaining("topics apply");
    }

    @Test
    void a_second_process_of_the_same_number_takes_the_place_of_the_first_which_says_so() {
        ScriptedProvider first = acceptingLater();
        ScriptedProvider second = acceptingLater();
        SenderService older = sender(first);
        eventually().until(() -> older.trouble().isEmpty());

        SenderService newer = sender(second);

        eventually().until(() -> newer.trouble().isEmpty() && !faults.isEmpty());
        cluster.route(Lane.NORMAL, messages("m", 30));
        awaitAccepted(30);
        assertThat(second.submitted()).hasSize(30);
        assertThat(first.submitted()).isEmpty();
        faults.clear();
    }
}
