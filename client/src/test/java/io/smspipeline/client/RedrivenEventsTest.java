package io.smspipeline.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.deadletter.Redriven;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a group gets through its own topic. */
@ExtendWith(KafkaEnvExtension.class)
class RedrivenEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestPipeline pipeline;
    private final String group = "group-" + UUID.randomUUID();
    private final List<SmsHandlers> started = new ArrayList<>();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broken = new AtomicBoolean(true);

    RedrivenEventsTest(KafkaEnv env) throws Exception {
        pipeline = new TestPipeline(env);
    }

    @AfterEach
    void close() {
        started.forEach(SmsHandlers::close);
        pipeline.close();
    }

    @Test
    void what_is_redriven_reaches_the_group_that_failed_and_no_other() {
        Queue<String> others = new ConcurrentLinkedQueue<>();
        start(group, (status, delivery) -> {
            failWhileBroken();
            String letter = DeadLetter.header(delivery.headers(), Redriven.LETTER);
            handled.add(status.getMessageId() + " " + (letter == null ? "" : letter));
        });
        start("other-" + group, (status, delivery) -> others.add(status.getMessageId()));
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        ConsumerRecord<byte[], byte[]> letter = deadLetters(1).get(0);
        broken.set(false);

        redrive(letter);
        pipeline.tells(TestPipeline.status("m-2", MessageState.ROUTED, false));

        await().atMost(PATIENCE).until(() -> handled.size() == 2 && others.contains("m-2"));
        assertThat(handled).containsExactlyInAnyOrder("m-1 " + letter.partition() + "@" + letter.offset(), "m-2 ");
        assertThat(others).containsExactlyInAnyOrder("m-1", "m-2");
    }

    @Test
    void what_fails_again_is_set_aside_under_the_topic_it_first_lay_in() {
        start(group, (status, delivery) -> failWhileBroken());
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        ConsumerRecord<byte[], byte[]> first = deadLetters(1).get(0);

        redrive(first);

        assertThat(deadLetters(2)).allSatisfy(letter -> {
            assertThat(DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                    .isEqualTo(pipeline.topics.status().name());
            assertThat(DeadLetter.header(letter.headers(), DeadLetter.OFFSET))
                    .isEqualTo(DeadLetter.header(first.headers(), DeadLetter.OFFSET));
            assertThat(letter.value()).isEqualTo(first.value());
        });
    }

    @Test
    void what_was_redriven_while_no_process_was_there_waits_for_one_also_when_it_begins_with_the_latest() {
        start(group, (status, delivery) -> failWhileBroken());
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        ConsumerRecord<byte[], byte[]> letter = deadLetters(1).get(0);
        started.forEach(SmsHandlers::close);
        broken.set(false);
        redrive(letter);

        Map<String, Object> fromLatest = new HashMap<>(pipeline.kafka);
        fromLatest.put("auto.offset.reset", "latest");
        started.add(SmsHandlers.with(fromLatest)
                .group(group)
                .topics(pipeline.topics)
                .onStatus((status, delivery) -> handled.add(status.getMessageId()))
                .start());

        await().atMost(PATIENCE).until(() -> handled.contains("m-1"));
    }

    @Test
    void a_process_without_a_handler_for_it_sets_it_aside_again() {
        start(group, (status, delivery) -> failWhileBroken());
        pipeline.tells(TestPipeline.status("m-1", MessageState.ROUTED, false));
        ConsumerRecord<byte[], byte[]> letter = deadLetters(1).get(0);
        started.forEach(SmsHandlers::close);
        started.add(SmsHandlers.with(pipeline.kafka)
                .group(group)
                .topics(pipeline.topics)
                .onInbound((message, delivery) -> handled.add(message.getId()))
                .start());

        redrive(letter);

        assertThat(deadLetters(2))
                .anySatisfy(again -> assertThat(DeadLetter.header(again.headers(), DeadLetter.REASON))
                        .contains("no handler for " + pipeline.topics.status().name()));
    }

    @Test
    void a_group_that_cannot_name_a_topic_is_refused() {
        assertThatThrownBy(() -> start("a b", (status, delivery) -> {}))
                .hasMessageContaining("group 'a b'")
                .hasMessageContaining("letters, digits");
    }

    private void failWhileBroken() {
        if (broken.get()) {
            throw new IllegalStateException("broken");
        }
    }

    private void start(String name, Handler<MessageStatus> handler) {
        started.add(SmsHandlers.with(pipeline.kafka)
                .group(name)
                .topics(pipeline.topics)
                .redelivery(Redelivery.after())
                .onStatus(handler)
                .start());
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
        return await().atMost(PATIENCE)
                .until(() -> pipeline.contents(pipeline.topics.deadLetter()), letters -> letters.size() == count);
    }

    private void redrive(ConsumerRecord<byte[], byte[]> letter) {
        pipeline.publish(
                new Redriven(letter.partition(), letter.offset(), 1).forGroup(letter, pipeline.topics.redrive(group)));
    }
}
