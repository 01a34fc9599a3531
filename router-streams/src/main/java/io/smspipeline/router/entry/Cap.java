package io.smspipeline.router.entry;

import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At most so many messages of a kind within a time: what a leaked form, a loop or a pumped number range can cost. Immutable.
 *
 * @param name unique, shown in reasons
 * @param subject what is counted by
 * @param toPrefix only recipients that begin with one of these are counted; empty for all
 * @param most how many, at least 1
 * @param within in any such time; counted in sixtieths of it, so that it is never more than {@code most} and may be fewer
 * @param holds true when what is too many waits for its turn, false when it is rejected
 */
public record Cap(String name, Subject subject, List<String> toPrefix, int most, Duration within, boolean holds) {
    public Cap {
        toPrefix = List.copyOf(toPrefix);
    }

    /** What messages are counted by. */
    public sealed interface Subject {
        /** The value it has in a message; null when the message has none and is not counted. */
        @Nullable
        String of(OutgoingMessage message);

        /** The recipient. */
        record Recipient() implements Subject {
            @Override
            public String of(OutgoingMessage message) {
                return message.getTo();
            }
        }

        /** The first digits of the recipient: a range of numbers. */
        record Prefix(int digits) implements Subject {
            @Override
            public String of(OutgoingMessage message) {
                String to = message.getTo();
                return to.substring(0, Math.min(to.length(), digits + 1));
            }
        }

        /** A label. */
        record Label(String label) implements Subject {
            @Override
            public @Nullable String of(OutgoingMessage message) {
                return message.getLabels().get(label);
            }
        }
    }

    /**
     * Under what a message is counted; null when it is not.
     *
     * @param message its recipient is normalised
     */
    @Nullable
    String keyOf(OutgoingMessage message) {
        boolean concerned = toPrefix.isEmpty() || toPrefix.stream().anyMatch(message.getTo()::startsWith);
        String value = concerned ? subject.of(message) : null;
        return value == null ? null : name + "|" + value;
    }

    /**
     * How many one partition may have. All messages of one recipient lie in one partition, those of a prefix or a label in all of
     * them: each has its part, so that no partition need ask the others.
     */
    int mostIn(int partitions) {
        return subject instanceof Subject.Recipient ? most : (most + partitions - 1) / partitions;
    }
}
