package io.smspipeline.quickstart.story;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.address.Handset;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads the topics for what they hold of one message. For use by one thread. */
public final class StoryReader {
    private final Map<String, Object> kafka;
    private final Topics topics;
    private final RecordSerdes serdes;

    /** @param kafka settings of a consumer */
    public StoryReader(Map<String, Object> kafka, Topics topics, RecordSerdes serdes) {
        this.kafka = kafka;
        this.topics = topics;
        this.serdes = serdes;
    }

    /**
     * Reads up to the ends the topics have now.
     *
     * @return empty when that took longer than {@code patience}
     */
    public Optional<Story> read(String id, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        List<LifecycleEvent> events = new ArrayList<>();
        List<MessageStatus> statuses = new ArrayList<>();
        Map<String, LifecycleEvent> acceptances = new HashMap<>();
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        boolean inTime = toEnd(
                deadline,
                List.of(
                        topics.event().name(),
                        topics.accepted().name(),
                        topics.status().name()),
                record -> {
                    if (record.topic().equals(topics.status().name())) {
                        if (Arrays.equals(record.key(), key)) {
                            read(record, MessageStatus.class).ifPresent(statuses::add);
                        }
                    } else if (record.topic().equals(topics.accepted().name())) {
                        // Keyed by the provider's id: whose it is stands in the record alone.
                        read(record, LifecycleEvent.class)
                                .filter(event -> event.getMessageId().equals(id))
                                .ifPresent(event -> {
                                    acceptances.putIfAbsent(text(record.key()), event);
                                    if (!event.getAlsoKnownAs()) {
                                        events.add(event);
                                    }
                                });
                    } else if (Arrays.equals(record.key(), key)) {
                        read(record, LifecycleEvent.class).ifPresent(events::add);
                    }
                });
        inTime = inTime && (acceptances.isEmpty() || receipts(deadline, acceptances, events));
        if (!inTime) {
            return Optional.empty();
        }
        events.sort(Comparator.comparing(LifecycleEvent::getAt).thenComparing(LifecycleEvent::getKind));
        statuses.sort(Comparator.comparingInt(MessageStatus::getSequence));
        return Optional.of(new Story(id, events, statuses, null));
    }

    /**
     * As {@link #read}, with the message as it was published, which has to be searched for among all others.
     */
    public Optional<Story> readWithMessage(Story story, Duration patience) {
        OutgoingMessage[] found = new OutgoingMessage[1];
        boolean inTime = toEnd(
                System.nanoTime() + patience.toNanos(),
                List.of(topics.outgoing().name(), topics.outgoingHigh().name()),
                record -> read(record, OutgoingMessage.class)
                        .filter(message -> story.id().equals(message.getId()))
                        .ifPresent(message -> found[0] = found[0] == null ? message : found[0]));
        return inTime ? Optional.of(story.withMessage(found[0])) : Optional.empty();
    }

    /** The receipts that came for what was accepted, found as the status topology finds them: by key and by handset. */
    private boolean receipts(long deadline, Map<String, LifecycleEvent> acceptances, List<LifecycleEvent> events) {
        return toEnd(deadline, List.of(topics.receipt().name()), record -> {
            LifecycleEvent accepted = acceptances.get(text(record.key()));
            if (accepted != null) {
                read(record, Receipt.class)
                        .filter(receipt -> Handset.same(receipt.getHandset(), accepted.getTo()))
                        .ifPresent(receipt -> events.add(event(accepted, receipt)));
            }
        });
    }

    private static LifecycleEvent event(LifecycleEvent accepted, Receipt receipt) {
        Failure failure = receipt.getFailure();
        return LifecycleEvent.newBuilder()
                .setMessageId(accepted.getMessageId())
                .setTo(accepted.getTo())
                .setFrom(accepted.getFrom())
                .setPart(accepted.getPart())
                .setParts(accepted.getParts())
                .setKind(EventKind.RECEIPT)
                .setProvider(receipt.getProvider())
                .setProviderMessageId(receipt.getProviderMessageId())
                .setReceiptState(receipt.getState())
                .setFailure(failure)
                .setAttempt(accepted.getAttempt())
                .setAt(receipt.getReceivedAt())
                .setSource("receiver")
                .build();
    }

    private boolean toEnd(long deadline, List<String> names, Heard heard) {
        try (TopicTail tail = TopicTail.fromBeginning(kafka, names)) {
            return tail.toEnd(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())), record -> {
                heard.hear(record);
                return true;
            });
        }
    }

    private interface Heard {
        void hear(ConsumerRecord<byte[], byte[]> record);
    }

    /** What cannot be read tells nothing of a message; {@code watch} shows it. */
    private <V extends SpecificRecord> Optional<V> read(ConsumerRecord<byte[], byte[]> record, Class<V> type) {
        try {
            return Optional.of(serdes.read(record.topic(), type, record.value()));
        } catch (SerializationException e) {
            return Optional.empty();
        }
    }

    private static String text(byte @Nullable [] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
