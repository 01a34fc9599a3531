package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms message ID}: everything the topics still hold of one message. */
@Command(name = "message", description = "Shows what happened to one message and the state it is in.")
final class MessageCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Parameters(index = "0", paramLabel = "ID", description = "The message's id.")
    private String id = "";

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "Ends with 3 when reading the topics takes longer; default: 60.")
    private Duration timeout = Duration.ofSeconds(60);

    MessageCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        PipelineAddress address = pipeline.address();
        Topics topics = address.topics();
        RecordLines lines = new RecordLines(address);
        List<ObjectNode> events = new ArrayList<>();
        List<ObjectNode> statuses = new ArrayList<>();
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        try (TopicTail tail = TopicTail.fromBeginning(
                address.kafka(),
                List.of(
                        topics.event().name(),
                        topics.accepted().name(),
                        topics.status().name()))) {
            boolean inTime = tail.toEnd(timeout, record -> {
                if (record.topic().equals(topics.status().name())) {
                    if (Arrays.equals(record.key(), key)) {
                        statuses.add(lines.json(record, MessageStatus.class));
                    }
                } else if (mayBeOurs(topics, record, key)) {
                    ObjectNode event = lines.json(record, LifecycleEvent.class);
                    if (event.path("messageId").asText().equals(id)) {
                        events.add(event);
                    }
                }
                return true;
            });
            if (!inTime) {
                return Exit.TIMED_OUT;
            }
        }
        if (events.isEmpty() && statuses.isEmpty()) {
            throw new UnknownMessage(id);
        }
        events.sort(Comparator.comparing(event -> event.path("at").asText()));
        statuses.sort(Comparator.comparingInt(status -> status.path("sequence").asInt()));
        print(lines, events, statuses);
        return Exit.DONE;
    }

    private static boolean mayBeOurs(Topics topics, ConsumerRecord<byte[], byte[]> record, byte[] key) {
        return record.topic().equals(topics.accepted().name()) || Arrays.equals(record.key(), key);
    }

    private void print(RecordLines lines, List<ObjectNode> events, List<ObjectNode> statuses) {
        if (json) {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            ObjectNode whole = nodes.objectNode().put("messageId", id);
            if (statuses.isEmpty()) {
                whole.putNull("state");
            } else {
                whole.set("state", statuses.get(statuses.size() - 1).path("state"));
            }
            ArrayNode told = whole.putArray("events");
            events.forEach(told::add);
            ArrayNode changes = whole.putArray("statuses");
            statuses.forEach(changes::add);
            answer.json(whole);
            return;
        }
        events.forEach(event -> answer.line("event   " + lines.forPerson(WatchCommand.Subject.EVENT, event)));
        statuses.forEach(status -> answer.line("status  " + lines.status(status)));
    }

    /** Nothing in the topics speaks of this id. */
    static final class UnknownMessage extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownMessage(String id) {
            super("no event and no status speaks of message " + id
                    + ": it was never routed here, or so long ago that its records are gone.");
        }
    }
}
