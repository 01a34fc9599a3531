package io.smspipeline.router;

import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Happened;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.wire.KeyPartition;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.start.StartUpFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The applications on a real broker: what the test driver cannot show. */
@ExtendWith(KafkaEnvExtension.class)
class RouterAppTest {
    private static final String YAML = """
            providers:
              - {alias: primary, type: smpp}
              - {alias: us, type: twilio}
            routes:
              - {name: usa, when: {to-prefix: "+1"}, to: [us, primary]}
            """;

    private static List<Topic<RoutedMessage>> submitTopics(Live live) {
        List<Topic<RoutedMessage>> topics = new ArrayList<>();
        for (String alias : List.of("primary", "us")) {
            for (Lane lane : Lane.values()) {
                topics.add(live.topics().submit(alias, lane));
            }
        }
        return topics;
    }

    private static List<ConsumerRecord<String, MessageStatus>> finals(List<ConsumerRecord<String, MessageStatus>> all) {
        return all.stream().filter(record -> record.value().getFinal$()).toList();
    }

    /** Takes what is to be submitted, and speaks as sender and SMSC do: every second receipt overtakes its acceptance. */
    private static void submitAll(Live live, List<ConsumerRecord<String, RoutedMessage>> routed) {
        int n = 0;
        for (ConsumerRecord<String, RoutedMessage> record : routed) {
            String id = record.value().getMessage().getId();
            String alias = record.value().getProvider();
            LifecycleEvent accepted = Happened.accepted(id, "p" + id);
            accepted.setTo(record.key());
            accepted.setProvider(alias);
            accepted.setAt(Instant.now());
            Receipt receipt = Happened.receipt("p" + id, ReceiptState.DELIVERED, record.key(), Instant.now());
            receipt.setProvider(alias);
            String key = alias + "|p" + id;
            if (n++ % 2 == 0) {
                live.publish(live.topics().receipt(), key, receipt);
                live.publish(live.topics().accepted(), key, accepted);
            } else {
                live.publish(live.topics().accepted(), key, accepted);
                live.publish(live.topics().receipt(), key, receipt);
            }
        }
        live.flush();
    }

    @Test
    void every_message_is_routed_once_to_where_it_belongs_and_ends_once_also_when_all_state_is_lost_in_between(
            KafkaEnv env) throws Exception {
        try (Live live = Live.start(env, YAML)) {
            Live.Reader<RoutedMessage> submitted = live.reader(submitTopics(live));
            Live.Reader<MessageStatus> statuses =
                    live.reader(List.of(live.topics().status()));
            int count = 300;
            for (int i = 0; i < count; i++) {
                String to = (i % 2 == 0 ? "+4477009" : "+1555010") + (10_000 + i % 40);
                OutgoingMessage message = message("m" + i, to);
                message.setPriority(i % 3 == 0 ? Priority.HIGH : Priority.LOW);
                Topic<OutgoingMessage> topic = i % 6 == 0
                        ? live.topics().outgoingHigh()
                        : live.topics().outgoing();
                // Published as badly as can be: no key, a wrong key, a wrong partition, or well.
                switch (i % 4) {
                    case 0 -> live.publish(topic, null, message);
                    case 1 -> live.publish(topic, "any", message);
                    case 2 -> live.publish(topic, i % 3, to, message);
                    default -> live.publish(topic, to, message);
                }
            }
            live.flush();

            List<ConsumerRecord<String, RoutedMessage>> routed = submitted.until(all -> all.size() >= count);
            for (ConsumerRecord<String, RoutedMessage> record : routed) {
                OutgoingMessage message = record.value().getMessage();
                assertThat(record.key()).isEqualTo(message.getTo());
                assertThat(record.partition()).isEqualTo(KeyPartition.of(message.getTo(), 3));
                assertThat(record.topic())
                        .isEqualTo(live.topics()
                                .submit(
                                        record.key().startsWith("+1") ? "us" : "primary",
                                        Lane.of(message.getPriority()))
                                .name());
            }
            List<ConsumerRecord<String, RoutedMessage>> early = List.copyOf(routed.subList(0, count / 2));
            submitAll(live, early);
            statuses.until(all -> finals(all).size() >= early.size());

            live.restartWithoutState();
            // The receipts of what ended before come again, and the other half comes.
            submitAll(live, early);
            submitAll(live, List.copyOf(routed.subList(count / 2, count)));
            statuses.until(all -> finals(all).size() >= count);
            awaitQuiet(statuses);

            assertThat(submitted.all()).as("nothing was routed twice").hasSize(count);
            assertOneEndEach(statuses.all(), count);
        }
    }

    private static void awaitQuiet(Live.Reader<?> reader) {
        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> reader.poll().isEmpty());
    }

    private static void assertOneEndEach(List<ConsumerRecord<String, MessageStatus>> all, int count) {
        Map<String, MessageStatus> last = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (ConsumerRecord<String, MessageStatus> record : all) {
            MessageStatus status = record.value();
            assertThat(record.key()).isEqualTo(status.getMessageId());
            MessageStatus before = last.put(record.key(), status);
            assertThat(status.getSequence()).isEqualTo(before == null ? 1 : before.getSequence() + 1);
            assertThat(status.getPreviousState()).isEqualTo(before == null ? null : before.getState());
            if (status.getFinal$()) {
                assertThat(ended.add(record.key()))
                        .as("one end of " + record.key())
                        .isTrue();
                assertThat(status.getState()).isEqualTo(MessageState.DELIVERED);
            }
        }
        assertThat(ended).hasSize(count);
    }

    @Test
    void what_waits_is_still_there_after_a_restart_that_lost_all_state(KafkaEnv env) throws Exception {
        try (Live live = Live.start(env, YAML)) {
            Live.Reader<RoutedMessage> submitted = live.reader(submitTopics(live));
            Live.Reader<MessageStatus> statuses =
                    live.reader(List.of(live.topics().status()));
            Live.Reader<InboundMessage> inbound =
                    live.reader(List.of(live.topics().inbound()));
            OutgoingMessage later = message("later");
            later.setSendAt(Instant.now().plusSeconds(8));
            live.publish(live.topics().outgoing(), later.getTo(), later);
            live.publish(
                    live.topics().receipt(),
                    "primary|early",
                    Happened.receipt("early", ReceiptState.UNDELIVERABLE, "447700900123", Instant.now()));
            live.publish(live.topics().mo(), "+447700900123", part("one", 1));
            live.flush();
            statuses.until(all -> all.size() == 1);
            assertThat(statuses.all().get(0).value().getState()).isEqualTo(MessageState.SCHEDULED);

            live.restartWithoutState();
            LifecycleEvent accepted = Happened.accepted("m1", "early");
            accepted.setAt(Instant.now());
            live.publish(live.topics().accepted(), "primary|early", accepted);
            live.publish(live.topics().mo(), "+447700900123", part("two", 2));
            live.flush();

            assertThat(submitted
                            .until(all -> all.size() == 1)
                            .get(0)
                            .value()
                            .getMessage()
                            .getId())
                    .isEqualTo("later");
            assertThat(Instant.now()).isAfterOrEqualTo(later.getSendAt());
            assertThat(inbound.until(all -> all.size() == 1).get(0).value().getText())
                    .isEqualTo("onetwo");
            statuses.until(all -> finals(all).size() == 1);
            assertThat(finals(statuses.all()).get(0).value().getState()).isEqualTo(MessageState.UNDELIVERABLE);
        }
    }

    private static MoPart part(String text, int number) {
        return MoPart.newBuilder()
                .setId("mo-" + number)
                .setProvider("primary")
                .setFrom("+447700900123")
                .setTo("12345")
                .setText(text)
                .setReference(7)
                .setPart(number)
                .setParts(2)
                .setRaw(ByteBuffer.allocate(0))
                .setReceivedAt(Instant.now())
                .build();
    }

    @Test
    void records_that_cannot_be_read_are_set_aside_in_every_application_and_stop_nothing(KafkaEnv env)
            throws Exception {
        try (Live live = Live.start(env, YAML)) {
            List<String> topics = List.of(
                    live.topics().outgoing().name(),
                    live.topics().outgoingHigh().name(),
                    live.topics().returned().name(),
                    live.topics().returnedHigh().name(),
                    live.topics().event().name(),
                    live.topics().receipt().name(),
                    live.topics().mo().name(),
                    // Two applications read it.
                    live.topics().accepted().name(),
                    live.topics().accepted().name());
            topics.stream()
                    .distinct()
                    .forEach(topic ->
                            live.publishRaw(topic, "k", ("not a record of " + topic).getBytes(StandardCharsets.UTF_8)));
            live.flush();

            List<ConsumerRecord<String, byte[]>> letters =
                    live.raw(live.topics().deadLetter(), topics.size());

            assertThat(letters)
                    .extracting(letter -> DeadLetter.header(letter.headers(), DeadLetter.TOPIC))
                    .containsExactlyInAnyOrderElementsOf(topics);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo("k");
                assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                        .isEqualTo("not a record of " + DeadLetter.header(letter.headers(), DeadLetter.TOPIC));
            });
            assertThat(live.app().allRunning()).isTrue();
            assertThat(live.app().trouble()).isEmpty();
            assertThat(live.app().isBroken()).isFalse();

            Live.Reader<MessageStatus> statuses =
                    live.reader(List.of(live.topics().status()));
            live.publish(live.topics().outgoing(), "+447700900123", message("m1"));
            live.flush();
            statuses.until(all -> all.size() == 1);
        }
    }

    @Test
    void while_the_registry_is_away_records_wait_and_none_is_set_aside(KafkaEnv env) throws Exception {
        MemoryRegistry registry = new MemoryRegistry();
        try (Live live = new Live(env, YAML, registry)) {
            live.applyTopics(env);
            live.publish(live.topics().outgoing(), "+447700900123", message("m1"));
            live.flush();
            registry.away(true);
            AtomicInteger asked = registry.asked();
            live.startRouterWithoutWaiting();
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(60)).until(() -> asked.get() >= 2);
            assertThat(live.app().isBroken()).isFalse();

            registry.away(false);

            live.reader(submitTopics(live)).until(all -> all.size() == 1);
            Live.Reader<MessageStatus> statuses =
                    live.reader(List.of(live.topics().status()));
            statuses.until(all -> all.size() == 1);
            assertThat(live.ends(live.topics().deadLetter())).isZero();
        }
    }

    @Test
    void topics_that_are_read_together_must_have_as_many_partitions(KafkaEnv env) throws Exception {
        try (Live live = new Live(env, YAML)) {
            env.createTopic(live.topics().receipt().name(), 2);
            live.applyTopics(env);

            assertThatThrownBy(live::makeRouter)
                    .isInstanceOf(StartUpFault.class)
                    .hasMessageContaining(live.topics().receipt().name() + "=2")
                    .hasMessageContaining(live.topics().accepted().name() + "=3");
        }
    }

    @Test
    void without_its_topics_it_does_not_start_and_says_which_are_missing(KafkaEnv env) throws Exception {
        try (Live live = new Live(env, YAML)) {
            assertThatThrownBy(live::makeRouter)
                    .isInstanceOf(StartUpFault.class)
                    .hasMessageContaining(live.topics().outgoing().name())
                    .hasMessageContaining(live.topics().submit("us", Lane.LOW).name())
                    .hasMessageContaining("./sms topics apply");
        }
    }

    @Test
    void the_ids_of_the_applications_begin_like_the_topics() {
        Topics topics = new Topics("test.");

        assertThat(Arrays.stream(Application.values()).map(one -> one.id(topics)))
                .containsExactly("test.sms.router-high", "test.sms.router-bulk", "test.sms.status", "test.sms.inbound");
    }
}
