package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.story.Order;
import io.smspipeline.quickstart.story.Story;
import io.smspipeline.quickstart.story.StoryReader;
import io.smspipeline.quickstart.story.Verdict;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/**
 * Wants something of one message that was published before: looks it up, publishes the command, waits for what comes of it and
 * prints that. What {@code cancel}, {@code query} and {@code resolve} have in common.
 */
final class Ordering {
    private final Clock clock = Clock.systemUTC();
    private final String by = System.getProperty("user.name", "somebody") + " at the command line";

    @Mixin
    private MessageOptions message = new MessageOptions();

    /** @return the exit code */
    int carryOut(CommandKind wanted, Answer answer) {
        PipelineAddress address = message.address();
        long deadline = System.nanoTime() + message.timeout().toNanos();
        StoryReader reader = new StoryReader(address.kafka(), address.topics(), address.serdes());
        while (true) {
            Story story = story(reader, wanted, deadline);
            if (story == null) {
                print(answer, wanted, false, null, "the topics could not be read in time", List.of());
                return Exit.TIMED_OUT;
            }
            if (story.isUnknown()) {
                print(
                        answer,
                        wanted,
                        false,
                        null,
                        new MessageCommand.UnknownMessage(message.id()).getMessage(),
                        List.of());
                return Exit.FAILED;
            }
            Order order = Order.of(story, wanted, by, clock.instant());
            if (order instanceof Order.Answered answered) {
                print(answer, wanted, answered.done(), story.state(), answered.reason(), List.of());
                return answered.done() ? Exit.DONE : Exit.FAILED;
            }
            Command command = ((Order.Give) order).command();
            Verdict verdict = give(address, command, story.state(), deadline);
            if (verdict.isRefused() && command.getParts().isEmpty() && isTakenMeanwhile(reader, deadline)) {
                continue;
            }
            String silence = verdict.isDone() || verdict.isRefused()
                    ? null
                    : "no answer came within " + message.timeout().toMillis() / 1000.0
                            + " s; what comes of it shows in ./sms message " + message.id();
            String reason = verdict.reason();
            print(
                    answer,
                    wanted,
                    verdict.isDone(),
                    verdict.state(),
                    reason == null ? silence : reason,
                    verdict.parts());
            return verdict.isDone() ? Exit.DONE : verdict.isRefused() ? Exit.FAILED : Exit.TIMED_OUT;
        }
    }

    /** Its sender had it when the command was given, and could not withdraw what was on its way. Now it has an id to ask by. */
    private boolean isTakenMeanwhile(StoryReader reader, long deadline) {
        return reader.read(message.id(), left(deadline))
                .filter(story -> Order.of(story, CommandKind.CANCEL, by, clock.instant()) instanceof Order.Give give
                        && !give.command().getParts().isEmpty())
                .isPresent();
    }

    /** Null when time ran out. */
    private @Nullable Story story(StoryReader reader, CommandKind wanted, long deadline) {
        Optional<Story> story = reader.read(message.id(), left(deadline));
        if (story.isPresent() && (story.get().isUnknown() || wanted == CommandKind.RESEND)) {
            story = reader.readWithMessage(story.get(), left(deadline));
        }
        return story.orElse(null);
    }

    private static Verdict give(
            PipelineAddress address, Command command, @Nullable MessageState before, long deadline) {
        Topics topics = address.topics();
        Verdict verdict = new Verdict(command, before);
        try (TopicTail tail = TopicTail.fromNow(
                address.kafka(), List.of(topics.event().name(), topics.status().name()))) {
            address.publish(topics.command(), null, command.getTo(), command, left(deadline));
            tail.until(left(deadline), record -> {
                hear(address, verdict, record);
                return !verdict.isKnown();
            });
        }
        return verdict;
    }

    private static void hear(PipelineAddress address, Verdict verdict, ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(address.topics().status().name())) {
                verdict.hear(address.serdes().read(record.topic(), MessageStatus.class, record.value()));
            } else {
                verdict.hear(address.serdes().read(record.topic(), LifecycleEvent.class, record.value()));
            }
        } catch (SerializationException e) {
            // Somebody else's: what answers us was written by the pipeline.
            return;
        }
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private void print(
            Answer answer,
            CommandKind wanted,
            boolean done,
            @Nullable MessageState state,
            @Nullable String reason,
            List<Verdict.PartVerdict> parts) {
        if (message.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("messageId", message.id()).put("command", wanted.name()).put("done", done);
            node.put("state", state == null ? null : state.name()).put("reason", reason);
            ArrayNode all = node.putArray("parts");
            for (Verdict.PartVerdict part : parts) {
                all.addObject()
                        .put("number", part.part().getNumber())
                        .put("providerMessageId", part.part().getProviderMessageId())
                        .put("state", part.state() == null ? null : part.state().name())
                        .put("reason", part.reason());
            }
            answer.json(node);
            return;
        }
        answer.line(Stream.of(
                        message.id(),
                        state == null ? "" : state.name(),
                        done ? "" : "not " + deed(wanted) + ": " + reason)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining("  ")));
        for (Verdict.PartVerdict part : parts) {
            answer.line("part " + part.part().getNumber() + "  " + part.part().getProviderMessageId() + "  "
                    + (part.reason() == null ? part.state() : part.reason()));
        }
    }

    private static String deed(CommandKind wanted) {
        return switch (wanted) {
            case CANCEL -> "cancelled";
            case QUERY -> "answered";
            case RESEND -> "sent again";
            case FAIL -> "ended";
            case NONE, REPLACE -> wanted.name().toLowerCase(Locale.ROOT);
        };
    }
}
