package io.smspipeline.sender.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.record.Action;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.HandClock;
import io.smspipeline.sender.fixture.Messages;
import io.smspipeline.sender.fixture.ScriptedProvider;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import io.smspipeline.sender.lane.Past;
import io.smspipeline.sender.lane.Tenures;
import io.smspipeline.sender.lane.Unrecorded;
import io.smspipeline.sender.record.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of each record that was polled. */
class MessageReaderTest {
    private static final TopicPartition NORMAL = new TopicPartition("normal", 0);
    private static final TopicPartition HIGH = new TopicPartition("high", 0);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryRegistry registry = new MemoryRegistry();
    /** As of another process, so that the reader's own has everything to learn. */
    private final RecordSerdes router = RecordSerdes.over(registry);

    private final Tenures tenures = new Tenures();
    private final Unrecorded unrecorded = new Unrecorded(100);
    private final Map<Long, Past> past = new ConcurrentHashMap<>();
    private final List<Handover> read = new CopyOnWriteArrayList<>();
    private final List<Attempt> commands = new CopyOnWriteArrayList<>();
    private final List<Happening> told = new CopyOnWriteArrayList<>();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();
    private final MessageReader reader = new MessageReader(
            new ScriptedProvider("acme", 10, new HandClock(), ScriptedProvider.SILENT),
            Map.of("normal", Lane.NORMAL, "high", Lane.HIGH),
            RecordSerdes.over(registry),
            unrecorded,
            record -> past.getOrDefault(record.offset(), Past.NONE),
            read::add,
            commands::add,
            told::add,
            faults::add);
    private long offset;

    @BeforeEach
    void hold() {
        tenures.begin(List.of(NORMAL, HIGH));
    }

    @AfterEach
    void close() {
        reader.close();
        assertThat(faults).isEmpty();
    }

    private void poll(TopicPartition partition, byte[] value) {
        reader.read(
                new ConsumerRecord<>(partition.topic(), partition.partition(), offset++, new byte[0], value),
                tenures.of(partition));
    }

    private void poll(TopicPartition partition, RoutedMessage routed) {
        poll(partition, router.write(partition.topic(), routed));
    }

    private List<String> ids() {
        return read.stream().map(Handover::messageId).toList();
    }

    private static RoutedMessage saying(String text, String id) {
        OutgoingMessage message = Messages.message(id);
        message.setContent(new TextContent(text));
        return Messages.routed(message);
    }

    @Test
    void messages_are_handed_on_in_their_order_and_high_first() {
        poll(NORMAL, Messages.routed("n1"));
        poll(NORMAL, Messages.parts(3, "n2"));
        poll(HIGH, Messages.routed("h1"));

        reader.start();

        await().atMost(PATIENCE).until(() -> read.size() == 3);
        assertThat(ids()).containsExactly("h1", "n1", "n2");
        assertThat(read.get(0).lane()).isEqualTo(Lane.HIGH);
        assertThat(read.get(2).submissions()).hasSize(3);
        assertThat(read).extracting(Handover::order).isSorted();
        assertThat(read.get(1).offset()).isZero();
        assertThat(read.get(1).partition()).isEqualTo(NORMAL);
    }

    @Test
    void what_cannot_be_read_is_told_and_the_rest_is_read() {
        reader.start();

        poll(NORMAL, "not ours".getBytes(StandardCharsets.UTF_8));
        poll(NORMAL, new byte[] {0, 0, 0, 0, 99, 1, 2});
        poll(NORMAL, Messages.routed("m"));

        await().atMost(PATIENCE).until(() -> read.size() == 1);
        assertThat(told)
                .hasSize(2)
                .allSatisfy(happening -> assertThat(happening).isInstanceOf(Happening.Unreadable.class));
        assertThat(tenures.underWay()).as("until they are set aside").isEqualTo(2);
    }

    @Test
    void a_registry_that_is_away_delays_and_loses_nothing() {
        poll(NORMAL, Messages.routed("m1"));
        poll(NORMAL, Messages.routed("m2"));
        registry.away(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> reader.trouble().isPresent());

        registry.away(false);

        await().atMost(PATIENCE).until(() -> read.size() == 2);
        assertThat(ids()).containsExactly("m1", "m2");
        assertThat(reader.trouble()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void trouble_is_over_when_what_it_was_with_went() {
        poll(NORMAL, Messages.routed("m1"));
        registry.away(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> reader.trouble().isPresent());

        tenures.lose(List.of(NORMAL));

        await().atMost(PATIENCE).until(() -> reader.trouble().isEmpty());
    }

    @Test
    void parts_made_where_the_record_was_before_are_left_out() {
        past.put(0L, new Past(BitSet.valueOf(new long[] {0b101}), 0));
        reader.start();

        poll(NORMAL, Messages.parts(4, "m1"));

        await().atMost(PATIENCE).until(() -> read.size() == 1);
        Attempt first = Attempt.first(read.get(0));
        assertThat(first.submission().number()).isEqualTo(2);
        assertThat(first.following().submission().number()).isEqualTo(4);
        assertThat(first.following().isFollowed()).isFalse();
        assertThat(read.get(0).remaining()).isEqualTo(2);
        assertThat(read.get(0).claim()).isTrue();
        assertThat(read.get(0).withdraw())
                .as("whether another provider may have it")
                .isFalse();
    }

    @Test
    void what_may_have_been_submitted_before_is_marked_and_stays_here() {
        past.put(0L, new Past(new BitSet(), 3));
        past.put(1L, new Past(new BitSet(), 1));
        reader.start();

        poll(NORMAL, Messages.routed("m1"));
        poll(NORMAL, Messages.held("m2"));

        await().atMost(PATIENCE).until(() -> read.size() == 2);
        Attempt marked = Attempt.first(read.get(0));
        assertThat(marked.number()).as("one more for each time").isEqualTo(4);
        assertThat(marked.possibleRepeat()).isTrue();
        assertThat(read.get(0).claim()).isTrue();
        assertThat(read.get(0).withdraw())
                .as("whether another provider may have it")
                .isFalse();
        assertThat(Attempt.first(read.get(1)).possibleRepeat())
                .as("it would be finished if it had been submitted")
                .isFalse();
    }

    @Test
    void a_message_cut_differently_than_before_is_done_when_all_its_parts_are() {
        past.put(0L, new Past(BitSet.valueOf(new long[] {0b11}), 0));
        reader.start();

        poll(NORMAL, Messages.parts(2, "m1"));

        await().atMost(PATIENCE).until(() -> told.size() == 1);
        Attempt spared = ((Happening.Spared) told.get(0)).attempt();
        assertThat(spared.handover().settle(true)).isTrue();
    }

    @Test
    void a_command_is_no_message_to_hand_over() {
        RoutedMessage routed = Messages.routed("m1");
        routed.setAction(Action.COMMAND);
        reader.start();

        poll(HIGH, routed);

        await().atMost(PATIENCE).until(() -> commands.size() == 1);
        assertThat(commands.get(0).handover().messageId()).isEqualTo("m1");
        assertThat(tenures.underWay()).as("until it is carried out").isEqualTo(1);
        assertThat(read).isEmpty();
    }

    @Test
    void what_went_while_the_registry_was_away_is_not_handed_on() {
        poll(NORMAL, Messages.routed("m1"));
        poll(HIGH, Messages.routed("h1"));
        registry.away(true);
        reader.start();
        await().atMost(PATIENCE).until(() -> reader.trouble().isPresent());

        tenures.lose(List.of(HIGH));
        registry.away(false);

        await().atMost(PATIENCE).until(() -> read.size() == 1);
        assertThat(ids()).containsExactly("m1");
    }

    @Test
    void a_message_the_provider_can_never_carry_is_told_with_its_reason() {
        reader.start();

        poll(NORMAL, saying("unfit", "m"));

        await().atMost(PATIENCE).until(() -> told.size() == 1);
        Happening.Unfit unfit = (Happening.Unfit) told.get(0);
        assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(unfit.attempt().handover().messageId()).isEqualTo("m");
        assertThat(unfit.attempt().submission().count()).isEqualTo(1);
    }

    @Test
    void a_provider_that_fails_at_planning_costs_one_message() {
        reader.start();

        poll(NORMAL, saying("fault", "m1"));
        poll(NORMAL, Messages.routed("m2"));

        await().atMost(PATIENCE).until(() -> read.size() == 1);
        Happening.Faulty faulty = (Happening.Faulty) told.get(0);
        assertThat(faulty.why()).contains("a bug in the provider");
        assertThat(faulty.attempt().handover().messageId()).isEqualTo("m1");
    }

    @Test
    void a_message_without_a_deadline_is_no_work_of_routing() {
        OutgoingMessage message = Messages.message("m");
        message.setValidUntil(null);
        reader.start();

        poll(NORMAL, Messages.routed(message));

        await().atMost(PATIENCE).until(() -> told.size() == 1);
        assertThat(((Happening.Faulty) told.get(0)).why()).contains("validUntil");
    }

    @Test
    void nothing_is_told_of_a_partition_that_went() {
        poll(NORMAL, new byte[0]);
        poll(NORMAL, saying("unfit", "m"));
        poll(HIGH, Messages.routed("h"));
        tenures.lose(List.of(NORMAL));

        reader.start();

        await().atMost(PATIENCE).until(() -> read.size() == 1);
        assertThat(told).isEmpty();
    }
}
