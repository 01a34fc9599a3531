package io.smspipeline.router.routing;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing a rule asks of a message whose recipient is normalised. Immutable. */
public sealed interface Condition {
    /** Whether the message has it. */
    boolean holds(OutgoingMessage message);

    /** What is asked and what the message has, half a sentence: "label.type is 'otp'". */
    String why(OutgoingMessage message);

    /** The recipient begins with one of these. */
    record ToPrefix(List<String> prefixes) implements Condition {
        public ToPrefix {
            prefixes = List.copyOf(prefixes);
        }

        @Override
        public boolean holds(OutgoingMessage message) {
            String to = message.getTo();
            for (String prefix : prefixes) {
                if (to.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String why(OutgoingMessage message) {
            return "to " + (holds(message) ? "begins" : "does not begin") + " with " + String.join(" or ", prefixes);
        }
    }

    /** The sender id is one of these, in any case. A message without one has none of them. */
    record SenderIs(List<String> senders) implements Condition {
        public SenderIs {
            senders = List.copyOf(senders);
        }

        @Override
        public boolean holds(OutgoingMessage message) {
            String from = message.getFrom();
            return from != null && senders.stream().anyMatch(from::equalsIgnoreCase);
        }

        @Override
        public String why(OutgoingMessage message) {
            return compared("sender", message.getFrom(), holds(message), senders);
        }
    }

    /** A label has one of these values. */
    record LabelIs(String label, List<String> values) implements Condition {
        public LabelIs {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds(OutgoingMessage message) {
            String value = message.getLabels().get(label);
            return value != null && values.contains(value);
        }

        @Override
        public String why(OutgoingMessage message) {
            return compared("label." + label, message.getLabels().get(label), holds(message), values);
        }
    }

    /** The priority is one of these. */
    record PriorityIs(Set<Priority> priorities) implements Condition {
        public PriorityIs {
            priorities = Set.copyOf(priorities);
        }

        @Override
        public boolean holds(OutgoingMessage message) {
            return priorities.contains(message.getPriority());
        }

        @Override
        public String why(OutgoingMessage message) {
            return compared(
                    "priority",
                    message.getPriority().name(),
                    holds(message),
                    priorities.stream().sorted().map(Enum::name).toList());
        }
    }

    private static String compared(String what, @Nullable String value, boolean holds, List<String> asked) {
        if (holds) {
            return what + " is '" + value + "'";
        }
        return what + (value == null ? " is not set" : " is '" + value + "'") + ", not '" + String.join("' or '", asked)
                + "'";
    }
}
