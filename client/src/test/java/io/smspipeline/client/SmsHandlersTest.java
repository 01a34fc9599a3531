package io.smspipeline.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.intake.Intake;
import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.deadletter.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaEnvExtension.class)
class SmsHandlersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final TestPipeline pipeline;
    private final String group = "group-" + UUID.randomUUID();
    private final List<SmsHandlers> started = new ArrayList<>();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    SmsHandlersTest(KafkaEnv env) throws Exception {
        pipeline = new TestPipeline(env);
    }

    @AfterEach
    void close() {
        started.forEach(SmsHandlers::close);
        pipeline.close();
    }

    @Test
    void statuses_and_messages_from_handsets_reach_their_handlers() {
        Queue<InboundMessage> replies = new ConcurrentLinkedQueue<>();
        start(handlers()
                .onStatus((status, delivery) -> handled.add(status.getMessageId() + " " + status.getState()))
                .onInbound((message, delivery) -> replies.add(message)));

        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        pipeline.tells(TestPipeline.status("m-1", MessageState.DELIVERED, true));
        InboundMessage reply = TestPipeline.inbound("+447700900123", "Yes");
        pipeline.tells(reply);

        await().atMost(PATIENCE).until(() -> handled.size() == 2 && replies.size() == 1);
        assertThat(handled).containsExactly("m-1 ROUTED", "m-1 DELIVERED");
        assertThat(replies).containsExactly(reply);
        await().atMost(PATIENCE).until(started.get(0)::ready);
    }

    @Test
    void a_handler_that_throws_sees_its_event_again_before_those_behind_it_and_others_go_on() {
        AtomicInteger failures = new AtomicInteger();
        start(handlers()
                .redelivery(Redelivery.after(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300)))
                .onStatus((status, delivery) -> {
                    if (status.getMessageId().equals("bad")
                            && status.getState() == MessageState.ROUTED
                            && delivery.attempt() < 4) {
                        failures.incrementAndGet();
                        throw new IllegalStateException("database away");
                    }
                    handled.add(status.getMessageId() + " " + status.getState() + " " + delivery.attempt());
                }));

        pipeline.tells(TestPipeline.status("bad", MessageState.ROUTED, false));
        pipeline.tells(TestPipeline.status("bad", MessageState.ACCEPTED, false));
        for (int i = 0; i < 50; i++) {
            pipeline.tells(TestPipeline.status("good-" + i, MessageState.ROUTED, false));
        }
        pipeline.tells(TestPipeline.status("bad", MessageState.DELIVERED, true));

        await().atMost(PATIENCE).until(() -> handled.size() == 53);
        assertThat(failures).hasValue(3);
        assertThat(handled)
                .filteredOn(each -> each.startsWith("bad"))
                .containsExactly("bad ROUTED 4", "bad ACCEPTED 1", "bad DELIVERED 1");
        List<String> order = List.copyOf(handled);
        assertThat(order.indexOf("bad ROUTED 4"))
                .as("others did not wait for it: %s", order)
                .isGreaterThanOrEqualTo(50);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void after_the_last_try_an_event_is_set_aside_with_its_reason_and_those_behind_it_follow() {
        start(handlers()
                .redelivery(Redelivery.after(Duration.ofMillis(10), Duration.ofMillis(10)))
                .onStatus((status, delivery) -> {
                    if (status.getState() == MessageState.ROUTED) {
                        throw new SerializationException("the handler's own trouble");
                    }
                    handled.add(status.getMessageId());
                }));

        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        pipeline.tells(TestPipeline.status("m-1", MessageState.ACCEPTED, false));

        await().atMost(PATIENCE).until(() -> handled.size() == 1);
        ConsumerRecord<byte[], byte[]> letter = onlyDeadLetter();
        assertThat(new String(letter.key(), UTF_8)).isEqualTo("m-1");
        assertThat(pipeline.serdes.read(pipeline.topics.status().name(), MessageStatus.class, letter.value()))
                .isEqualTo(TestPipeline.status("m-1", MessageState.ROUTED, false));
        assertThat(header(letter, DeadLetter.GROUP)).isEqualTo(group);
        assertThat(header(letter, DeadLetter.ATTEMPTS)).isEqualTo("3");
        assertThat(header(letter, DeadLetter.REASON)).contains("failed 3 times", "the handler's own trouble");
        assertThat(header(letter, DeadLetter.TOPIC))
                .isEqualTo(pipeline.topics.status().name());
        assertThat(header(letter, DeadLetter.AT)).isEqualTo(NOW.toString());
    }

    @Test
    void what_cannot_be_read_is_set_aside_at_once_and_does_not_reach_a_handler() {
        start(handlers().onStatus((status, delivery) -> handled.add(status.getMessageId())));
        byte[] nonsense = {9, 9, 9};

        pipeline.publish(pipeline.topics.status().name(), "m-1", nonsense);
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));

        await().atMost(PATIENCE).until(() -> handled.size() == 1);
        ConsumerRecord<byte[], byte[]> letter = onlyDeadLetter();
        assertThat(letter.value()).isEqualTo(nonsense);
        assertThat(header(letter, DeadLetter.REASON)).contains("cannot be read", "wire format");
        assertThat(header(letter, DeadLetter.ATTEMPTS)).isEqualTo("1");
    }

    @Test
    void a_registry_that_is_away_costs_no_event() {
        Map<String, Object> lost = Map.of(
                "bootstrap.servers",
                pipeline.kafka.get("bootstrap.servers"),
                "schema.registry.url",
                "http://127.0.0.1:1");
        SmsHandlers blind = start(SmsHandlers.with(lost)
                .group(group)
                .topics(pipeline.topics)
                .onStatus((status, delivery) -> handled.add(status.getMessageId())));
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        await().atMost(PATIENCE).until(() -> open(blind) == 1);
        blind.close();
        assertThat(deadLetters()).isEmpty();

        start(handlers().onStatus((status, delivery) -> handled.add(status.getMessageId())));

        await().atMost(PATIENCE).until(() -> handled.contains("m-1"));
    }

    @Test
    void an_event_that_failed_comes_again_after_a_restart_and_what_was_handled_behind_it_does_not() {
        AtomicBoolean broken = new AtomicBoolean(true);
        Handler<MessageStatus> handler = (status, delivery) -> {
            if (broken.get() && status.getMessageId().equals("m-0")) {
                throw new IllegalStateException("broken");
            }
            handled.add(status.getMessageId());
        };
        SmsHandlers first = start(
                handlers().redelivery(Redelivery.after(Duration.ofHours(1))).onStatus(handler));
        for (int i = 0; i < 30; i++) {
            pipeline.tells(TestPipeline.status("m-" + i, MessageState.ROUTED, false));
        }
        await().atMost(PATIENCE).until(() -> handled.size() == 29);
        first.close();
        handled.clear();
        broken.set(false);

        start(handlers().onStatus(handler));
        pipeline.tells(TestPipeline.status("m-30", MessageState.ROUTED, false));

        await().atMost(PATIENCE).until(() -> handled.size() == 2);
        assertThat(handled).containsExactlyInAnyOrder("m-0", "m-30");
    }

    @Test
    void closing_waits_for_running_handlers_and_their_events_do_not_come_again() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Handler<MessageStatus> slow = (status, delivery) -> {
            running.countDown();
            mayEnd.await(30, TimeUnit.SECONDS);
            handled.add(status.getMessageId());
        };
        SmsHandlers first = start(handlers().onStatus(slow));
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

        Thread closing = new Thread(first::close);
        closing.start();
        await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(closing::isAlive);
        mayEnd.countDown();
        closing.join(30_000);

        assertThat(handled).containsExactly("m-1");
        start(handlers().onStatus(slow));
        pipeline.tells(TestPipeline.status("m-2", MessageState.ROUTED, false));
        await().atMost(PATIENCE).until(() -> handled.contains("m-2"));
        assertThat(handled).containsExactly("m-1", "m-2");
    }

    @Test
    void failed_keys_hold_back_a_bounded_number_of_events_and_other_partitions_go_on() {
        AtomicBoolean broken = new AtomicBoolean(true);
        int limit = 40;
        Map<Integer, String> keyOf = keysByPartition();
        SmsHandlers handlers = start(handlers()
                .maxBlocked(limit)
                .redelivery(Redelivery.after(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofHours(1)))
                .onStatus((status, delivery) -> {
                    if (broken.get() && status.getMessageId().equals(keyOf.get(0))) {
                        throw new IllegalStateException("broken");
                    }
                    handled.add(status.getMessageId());
                }));
        for (int i = 0; i < 200; i++) {
            for (String key : keyOf.values()) {
                pipeline.tells(TestPipeline.status(key, MessageState.ROUTED, false));
            }
        }

        await().atMost(PATIENCE).until(() -> handled.size() == 200 * (keyOf.size() - 1));
        await().atMost(PATIENCE)
                .until(() -> handlers.backlog().values().stream().anyMatch(Intake.Backlog::paused));
        assertThat(open(handlers)).isLessThanOrEqualTo(limit);

        broken.set(false);
        await().atMost(PATIENCE).until(() -> handled.size() == 200 * keyOf.size());
    }

    @Test
    void groups_do_not_disturb_each_other() {
        start(handlers().redelivery(Redelivery.after(Duration.ofHours(1))).onStatus((status, delivery) -> {
            throw new IllegalStateException("always");
        }));
        start(SmsHandlers.with(pipeline.kafka)
                .group("another-" + group)
                .topics(pipeline.topics)
                .onStatus((status, delivery) -> handled.add(status.getMessageId())));

        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));

        await().atMost(PATIENCE).until(() -> handled.contains("m-1"));
    }

    @Test
    void two_processes_share_the_events_each_message_in_order() {
        Map<String, Queue<Integer>> perMessage = new ConcurrentHashMap<>();
        Queue<String> byFirst = new ConcurrentLinkedQueue<>();
        Queue<String> bySecond = new ConcurrentLinkedQueue<>();
        start(handlers().onStatus(sequencesInto(perMessage, byFirst)));
        tellSequences(0, 1_000);
        await().atMost(PATIENCE).until(() -> byFirst.size() > 300);

        SmsHandlers second = start(handlers().onStatus(sequencesInto(perMessage, bySecond)));
        tellSequences(1_000, 2_000);
        await().atMost(PATIENCE)
                .until(() -> second.backlog().keySet().stream()
                        .anyMatch(has ->
                                has.topic().equals(pipeline.topics.status().name())));
        tellSequences(2_000, 3_000);

        await().atMost(PATIENCE)
                .until(() -> perMessage.values().stream().mapToInt(Queue::size).sum() >= 3_000);
        assertThat(perMessage.values())
                .allSatisfy(
                        sequence -> assertThat(List.copyOf(sequence)).isSorted().doesNotHaveDuplicates());
        assertThat(bySecond).isNotEmpty();
        assertThat(byFirst.size()).isGreaterThan(bySecond.size());
    }

    private static Handler<MessageStatus> sequencesInto(
            Map<String, Queue<Integer>> perMessage, Queue<String> byThisProcess) {
        return (status, delivery) -> {
            byThisProcess.add(status.getMessageId());
            perMessage
                    .computeIfAbsent(status.getMessageId(), made -> new ConcurrentLinkedQueue<>())
                    .add(status.getSequence());
        };
    }

    private void tellSequences(int from, int to) {
        for (int i = from; i < to; i++) {
            MessageStatus status = TestPipeline.status("m-" + i % 100, MessageState.ROUTED, false);
            status.setSequence(i / 100);
            pipeline.tells(status);
        }
    }

    @Test
    void what_cannot_work_is_refused_before_anything_starts() {
        assertThatThrownBy(() ->
                        SmsHandlers.with(pipeline.kafka).onStatus((s, d) -> {}).start())
                .hasMessageContaining("no group");
        assertThatThrownBy(() -> SmsHandlers.with(pipeline.kafka).group("g").start())
                .hasMessageContaining("no handlers");
        assertThatThrownBy(() -> handlers().threads(0).onStatus((s, d) -> {}).start())
                .hasMessageContaining("at least 1");
        assertThatThrownBy(() -> Redelivery.after(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
        assertThatThrownBy(() -> SmsHandlers.with(Map.of("bootstrap.servers", "127.0.0.1:1"))
                        .group("g")
                        .onStatus((s, d) -> {})
                        .start())
                .hasMessageContaining("schema.registry.url");
    }

    private SmsHandlers.Builder handlers() {
        return SmsHandlers.with(pipeline.kafka)
                .group(group)
                .topics(pipeline.topics)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private SmsHandlers start(SmsHandlers.Builder builder) {
        SmsHandlers handlers = builder.start();
        started.add(handlers);
        return handlers;
    }

    /** One message id for each partition of the status topic. */
    private Map<Integer, String> keysByPartition() {
        Map<Integer, String> keys = new ConcurrentHashMap<>();
        for (int i = 0; keys.size() < TestPipeline.PARTITIONS; i++) {
            String key = "key-" + i;
            int hash = org.apache.kafka.common.utils.Utils.toPositive(
                    org.apache.kafka.common.utils.Utils.murmur2(key.getBytes(UTF_8)));
            keys.putIfAbsent(hash % TestPipeline.PARTITIONS, key);
        }
        return keys;
    }

    private static int open(SmsHandlers handlers) {
        return handlers.backlog().values().stream()
                .mapToInt(Intake.Backlog::open)
                .sum();
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return pipeline.contents(pipeline.topics.deadLetter());
    }

    private ConsumerRecord<byte[], byte[]> onlyDeadLetter() {
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return DeadLetter.header(record.headers(), name);
    }
}
