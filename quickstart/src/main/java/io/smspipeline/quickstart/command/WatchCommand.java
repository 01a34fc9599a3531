package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms watch}: prints what lies in a topic and what comes. */
@Command(
        name = "watch",
        description =
                "Prints statuses, replies, events, dead letters or outgoing messages as they lie in their topics.")
final class WatchCommand implements Callable<Integer> {
    /** What can be watched. */
    enum Subject {
        STATUS,
        INBOUND,
        EVENT,
        DEAD_LETTER,
        OUTGOING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where to begin. */
    enum From {
        BEGINNING,
        NOW;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Answer answer;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Parameters(index = "0", paramLabel = "SUBJECT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Subject subject = Subject.STATUS;

    @Option(names = "--from", paramLabel = "beginning|now", description = "Where to begin; default: beginning.")
    private From from = From.BEGINNING;

    @Option(names = "--max", paramLabel = "N", description = "Ends with 0 after this many.")
    private @Nullable Integer max;

    @Option(names = "--to-end", description = "Ends at the end the topic has now.")
    private boolean toEnd;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "Ends with 3 when it takes longer; default: never.")
    private @Nullable Duration timeout;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    WatchCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        if (max != null && max < 1) {
            throw new UserFault("--max is " + max + ": give the number of records to print, from 1.");
        }
        PipelineAddress address = pipeline.address();
        RecordLines lines = new RecordLines(address);
        Duration patience = timeout == null ? Duration.ofDays(3650) : timeout;
        int[] printed = {0};
        try (TopicTail tail = from == From.NOW
                ? TopicTail.fromNow(address.kafka(), topics(address.topics()))
                : TopicTail.fromBeginning(address.kafka(), topics(address.topics()))) {
            Predicate<ConsumerRecord<byte[], byte[]>> print = record -> {
                ObjectNode node = read(lines, address.topics(), record);
                if (json) {
                    answer.json(node);
                } else {
                    answer.line(lines.forPerson(subject, node));
                }
                printed[0]++;
                return max == null || printed[0] < max;
            };
            boolean inTime = toEnd ? tail.toEnd(patience, print) : tail.until(patience, print);
            return inTime ? Exit.DONE : Exit.TIMED_OUT;
        }
    }

    private List<String> topics(Topics topics) {
        return switch (subject) {
            case STATUS -> List.of(topics.status().name());
            case INBOUND -> List.of(topics.inbound().name());
            case EVENT -> List.of(topics.event().name(), topics.accepted().name());
            case DEAD_LETTER -> List.of(topics.deadLetter());
            case OUTGOING ->
                List.of(topics.outgoing().name(), topics.outgoingHigh().name());
        };
    }

    private ObjectNode read(RecordLines lines, Topics topics, ConsumerRecord<byte[], byte[]> record) {
        return switch (subject) {
            case STATUS -> lines.json(record, MessageStatus.class);
            case INBOUND -> lines.json(record, InboundMessage.class);
            case EVENT -> lines.json(record, LifecycleEvent.class);
            case DEAD_LETTER -> lines.deadLetter(record);
            case OUTGOING -> lines.json(record, OutgoingMessage.class);
        };
    }
}
