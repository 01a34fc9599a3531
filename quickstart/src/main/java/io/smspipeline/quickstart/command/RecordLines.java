package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.deadletter.DeadLetter;
import io.smspipeline.schemas.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Records as lines for people and scripts. For use by one thread. */
final class RecordLines {
    private static final List<Class<? extends SpecificRecord>> READABLE = List.of(
            OutgoingMessage.class,
            LifecycleEvent.class,
            MessageStatus.class,
            InboundMessage.class,
            RoutedMessage.class,
            ReturnedMessage.class);

    private final PipelineAddress address;

    RecordLines(PipelineAddress address) {
        this.address = address;
    }

    /** The record; for octets that are none, an object that says so. */
    ObjectNode json(ConsumerRecord<byte[], byte[]> record, Class<? extends SpecificRecord> type) {
        try {
            return RecordJson.of(address.serdes().read(record.topic(), type, record.value()));
        } catch (SerializationException e) {
            ObjectNode unreadable = place(record);
            unreadable.put("error", e.getMessage());
            unreadable.put("value", hex(record.value()));
            return unreadable;
        }
    }

    /** A dead letter: where it lay, why it is here, and its value as a record where it is one, else in hexadecimal. */
    ObjectNode deadLetter(ConsumerRecord<byte[], byte[]> record) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (String name : List.of(
                DeadLetter.GROUP,
                DeadLetter.REASON,
                DeadLetter.ATTEMPTS,
                DeadLetter.AT,
                DeadLetter.TOPIC,
                DeadLetter.PARTITION,
                DeadLetter.OFFSET)) {
            node.put(name.substring("sms-dead-letter-".length()), DeadLetter.header(record.headers(), name));
        }
        node.put("key", text(record.key()));
        String origin = DeadLetter.header(record.headers(), DeadLetter.TOPIC);
        for (Class<? extends SpecificRecord> type : READABLE) {
            try {
                node.set(
                        "record",
                        RecordJson.of(address.serdes().read(origin == null ? "" : origin, type, record.value())));
                return node;
            } catch (SerializationException e) {
                // Not of this type: the next may fit, and octets that fit none are shown as they are.
            }
        }
        node.put("value", hex(record.value()));
        return node;
    }

    /** What a person wants to see at a glance. */
    String forPerson(WatchCommand.Subject subject, ObjectNode node) {
        if (node.has("error")) {
            return node.toString();
        }
        return switch (subject) {
            case STATUS -> status(node);
            case INBOUND ->
                join(time(node, "receivedAt"), text(node, "from"), "->", text(node, "to"), quoted(node), reply(node));
            case EVENT ->
                join(
                        time(node, "at"),
                        text(node, "messageId"),
                        text(node, "kind"),
                        "part " + node.path("part").asInt() + "/"
                                + node.path("parts").asInt(),
                        text(node, "provider"),
                        text(node, "receiptState"),
                        node.path("failure").path("reason").asText(""));
            case OUTGOING ->
                join(
                        time(node, "createdAt"),
                        text(node, "id"),
                        text(node, "to"),
                        text(node, "priority"),
                        node.path("content").path("text").asText("(binary)"));
            case DEAD_LETTER -> join(text(node, "at"), text(node, "topic"), text(node, "key"), text(node, "reason"));
        };
    }

    /** A status in one line. */
    String status(ObjectNode node) {
        return join(
                time(node, "at"),
                text(node, "messageId"),
                text(node, "to"),
                text(node, "state"),
                node.path("final").asBoolean() ? "(final)" : "",
                text(node, "provider"),
                node.path("failure").path("code").asText(""),
                node.path("failure").path("reason").asText(""));
    }

    private static String quoted(ObjectNode node) {
        return node.path("text").isTextual() ? "\"" + node.path("text").asText() + "\"" : text(node, "binary");
    }

    private static String reply(ObjectNode node) {
        return node.path("inReplyTo").isTextual()
                ? "in reply to " + node.path("inReplyTo").asText()
                : "";
    }

    private static String time(ObjectNode node, String field) {
        return text(node, field);
    }

    private static String text(ObjectNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).asText() : "";
    }

    private static String join(String... words) {
        return Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining("  "));
    }

    private static ObjectNode place(ConsumerRecord<byte[], byte[]> record) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", record.topic())
                .put("partition", record.partition())
                .put("offset", record.offset())
                .put("key", text(record.key()));
    }

    private static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private static String hex(byte[] value) {
        return value == null ? "" : HexFormat.of().formatHex(value);
    }
}
