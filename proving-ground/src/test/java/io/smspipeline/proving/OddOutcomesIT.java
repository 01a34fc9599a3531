package io.smspipeline.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.client.SmsPublisher;
import io.smspipeline.proving.ground.Ground;
import io.smspipeline.proving.guarantee.Guarantee;
import io.smspipeline.proving.ledger.Ledger;
import io.smspipeline.proving.ledger.TopicReader;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.MoPart;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.Delay;
import io.smspipeline.simulator.smsc.Late;
import io.smspipeline.simulator.smsc.SmscFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers and receipts that are lost, late, early, doubled or out of order, and a broker that is away, between processes. */
class OddOutcomesIT {
    private static final Topics TOPICS = new Topics("");
    private static final int FROM_HANDSETS = 1_000;

    private static Ground ground;
    private static Ledger ledger;
    private static TopicReader reader;
    private static SmsPublisher publisher;
    private static Behaviour usual;
    /** Submits whose fate was uncertain so far, each of which comes again once. */
    private static int uncertain;

    @BeforeAll
    static void everything_runs() throws Exception {
        ledger = new Ledger();
        // Kept after the run: the services' logs say why a guarantee was broken.
        ground = new Ground(
                Path.of("target", "odd-outcomes-" + Long.toString(System.nanoTime(), 36)), 1, 0, ledger::submitted);
        reader = new TopicReader(ground.kafka(), ledger);
        publisher = SmsPublisher.connect(ground.kafka());
        usual = ground.smsc().behaviour();
    }

    @AfterAll
    static void end() throws Exception {
        publisher.close();
        reader.close();
        ground.close();
    }

    private static ConditionFactory eventually() {
        return await().pollInterval(Duration.ofMillis(100)).atMost(Duration.ofSeconds(180));
    }

    private static SmscFigures figures() {
        return ground.smsc().figures();
    }

    private static void publish(int count) throws InterruptedException {
        new Traffic(publisher, ledger).flow(count, Duration.ofSeconds(1));
    }

    /** Publishes ten, one of which has two parts, and returns when the SMSC has taken them. */
    private static void publishTen() throws InterruptedException {
        long before = figures().accepted();
        publish(10);
        eventually().until(() -> figures().accepted() >= before + 11);
        uncertain += 11;
    }

    private static void assertKept(String what) {
        eventually().until(() -> ledger.acknowledged() == ledger.opened() && ledger.ended() == ledger.acknowledged());
        assertThat(Guarantee.all(uncertain))
                .allSatisfy(guarantee -> assertThat(guarantee.broken().apply(ledger))
                        .as(guarantee.name())
                        .isEmpty());
        System.out.printf(
                "%s: %d messages so far, ended %s, %d submits came again of at most %d%n",
                what, ledger.opened(), ledger.ends(), ledger.repeats(), uncertain);
    }

    @Test
    void the_link_is_cut_before_the_answers_to_ten_submits() throws Exception {
        ground.smsc().behave(usual.with().holdAnswers(true).build());
        publishTen();

        ground.smsc().cutAll();
        ground.smsc().behave(usual);

        assertKept("cut before the answers to ten");
    }

    @Test
    void the_answers_come_after_the_timeout() throws Exception {
        ground.smsc()
                .behave(usual.with()
                        .lateAnswers(new Late(1, Duration.ofSeconds(12)))
                        .build());
        publishTen();
        ground.smsc().behave(usual);

        assertKept("answers after the timeout");
    }

    @Test
    void receipts_come_on_another_process_before_their_answers() throws Exception {
        ground.smsc().behave(usual.with().receiptBeforeAnswer(true).build());
        publish(100);

        assertKept("receipts before their answers, to another process");
        ground.smsc().behave(usual);
    }

    @Test
    void receipts_come_twice_and_overtake_one_another() throws Exception {
        ground.smsc()
                .behave(usual.with()
                        .duplicateReceipts(1)
                        .receiptDelay(Delay.between(Duration.ZERO, Duration.ofSeconds(2)))
                        .build());
        publish(100);

        assertKept("receipts twice and out of order");
        ground.smsc().behave(usual);
    }

    @Test
    void kafka_is_away_while_a_thousand_messages_come_from_handsets() throws Exception {
        ground.smsc().behave(usual.with().redeliveryDelay(Duration.ofSeconds(1)).build());
        long before = figures().mosAcked();
        ground.brokers().get(0).close();
        for (int i = 0; i < FROM_HANDSETS; i++) {
            ground.smsc().sendFromHandset("4477008%05d".formatted(i), "12345", "while Kafka is away " + i);
        }
        eventually().until(() -> figures().mosRefused() + figures().mosUnanswered() >= FROM_HANDSETS);
        long refused = figures().mosRefused();
        long unanswered = figures().mosUnanswered();
        assertThat(figures().mosAcked()).as("answered OK while Kafka was away").isEqualTo(before);

        ground.brokers().get(0).restart();

        eventually().until(() -> figures().mosAcked() == before + FROM_HANDSETS);
        List<String> told = new ArrayList<>();
        eventually().until(() -> {
            told.clear();
            told.addAll(read(TOPICS.inbound(), InboundMessage::getFrom));
            return told.size() >= FROM_HANDSETS;
        });
        assertThat(told).doesNotHaveDuplicates().hasSize(FROM_HANDSETS);
        System.out.printf(
                "Kafka away: %d deliver_sm refused and %d unanswered, none answered OK; then %d in %s, %d in %s%n",
                refused,
                unanswered,
                read(TOPICS.mo(), MoPart::getFrom).size(),
                TOPICS.mo().name(),
                told.size(),
                TOPICS.inbound().name());
        ground.smsc().behave(usual);
    }

    private static <V extends SpecificRecord> List<String> read(Topic<V> topic, Function<V, String> what) {
        RecordSerdes serdes = RecordSerdes.from(ground.kafka());
        List<String> all = new ArrayList<>();
        try (TopicTail tail = TopicTail.fromBeginning(ground.kafka(), List.of(topic.name()))) {
            assertThat(tail.toEnd(
                            Duration.ofSeconds(60), record -> all.add(what.apply(serdes.read(topic, record.value())))))
                    .isTrue();
        }
        return all;
    }
}
