package io.smspipeline.router.routing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One thing a rule asks of a message whose recipient is normalised. Immutable. */
public sealed interface Condition {
    /** Whether the message has it. */
    boolean holds(MessageFacts facts);

    /** What is asked and what the message has, half a sentence: "label.type is 'otp'". */
    String why(MessageFacts facts);

    /** Whether this holds for sure wherever the other does. */
    boolean covers(Condition other);

    /** The recipient begins with one of these. */
    record ToPrefix(List<String> prefixes) implements Condition {
        public ToPrefix {
            prefixes = List.copyOf(prefixes);
        }

        @Override
        public boolean holds(MessageFacts facts) {
            return begins(facts.message().getTo());
        }

        private boolean begins(String number) {
            for (String prefix : prefixes) {
                if (number.startsWith(prefix)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String why(MessageFacts facts) {
            return "to " + (holds(facts) ? "begins" : "does not begin") + " with " + String.join(" or ", prefixes);
        }

        @Override
        public boolean covers(Condition other) {
            return other instanceof ToPrefix narrower
                    && narrower.prefixes.stream().allMatch(this::begins);
        }
    }

    /** What a message has one of, as text. */
    enum Fact {
        /** ISO 3166-1 alpha-2. */
        COUNTRY(facts -> facts.destination().country()),
        /** Sender id; case does not matter. */
        SENDER(facts -> facts.message().getFrom()),
        PRIORITY(facts -> facts.message().getPriority().name()),
        /** What it is sent in. */
        ENCODING(facts -> facts.size().encoding().name()),
        SUBMISSION(facts -> facts.message().getSubmissionId()),
        TENANT(facts -> facts.message().getTenant());

        private final Function<MessageFacts, @Nullable String> value;

        Fact(Function<MessageFacts, @Nullable String> value) {
            this.value = value;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String comparable(String text) {
            return this == SENDER ? text.toLowerCase(Locale.ROOT) : text;
        }
    }

    /** A fact is one of these. A message that lacks it has none of them. */
    record Is(Fact fact, List<String> values) implements Condition {
        public Is {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds(MessageFacts facts) {
            String value = fact.value.apply(facts);
            return value != null && has(value);
        }

        private boolean has(String value) {
            String sought = fact.comparable(value);
            return values.stream().anyMatch(one -> fact.comparable(one).equals(sought));
        }

        @Override
        public String why(MessageFacts facts) {
            return compared(fact.key(), fact.value.apply(facts), holds(facts), values);
        }

        @Override
        public boolean covers(Condition other) {
            return other instanceof Is narrower
                    && narrower.fact == fact
                    && narrower.values.stream().allMatch(this::has);
        }
    }

    /** A label has one of these values. */
    record LabelIs(String label, List<String> values) implements Condition {
        public LabelIs {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds(MessageFacts facts) {
            String value = facts.message().getLabels().get(label);
            return value != null && values.contains(value);
        }

        @Override
        public String why(MessageFacts facts) {
            return compared("label." + label, facts.message().getLabels().get(label), holds(facts), values);
        }

        @Override
        public boolean covers(Condition other) {
            return other instanceof LabelIs narrower
                    && narrower.label.equals(label)
                    && values.containsAll(narrower.values);
        }
    }

    /** The number may be of one of these kinds. */
    record NumberTypeIs(Set<NumberType> types) implements Condition {
        public NumberTypeIs {
            types = Set.copyOf(types);
        }

        @Override
        public boolean holds(MessageFacts facts) {
            return facts.destination().types().stream().anyMatch(types::contains);
        }

        @Override
        public String why(MessageFacts facts) {
            return compared(
                    "number-type",
                    names(facts.destination().types(), " or "),
                    holds(facts),
                    List.of(names(types, "' or '")));
        }

        private static String names(Set<NumberType> types, String between) {
            return types.stream().sorted().map(Enum::name).collect(Collectors.joining(between));
        }

        @Override
        public boolean covers(Condition other) {
            return other instanceof NumberTypeIs narrower && types.containsAll(narrower.types);
        }
    }

    /** It takes so many parts. */
    record PartsIn(List<Span> spans) implements Condition {
        public PartsIn {
            spans = List.copyOf(spans);
        }

        /** Both ends are in it. */
        record Span(int from, int to) {
            private boolean holds(Span other) {
                return from <= other.from && other.to <= to;
            }

            @Override
            public String toString() {
                return from == to ? "" + from : to == Integer.MAX_VALUE ? from + "+" : from + "-" + to;
            }
        }

        @Override
        public boolean holds(MessageFacts facts) {
            return has(new Span(facts.size().parts(), facts.size().parts()));
        }

        private boolean has(Span span) {
            return spans.stream().anyMatch(one -> one.holds(span));
        }

        @Override
        public String why(MessageFacts facts) {
            List<String> asked = spans.stream().map(Span::toString).toList();
            return compared("parts", "" + facts.size().parts(), holds(facts), asked);
        }

        @Override
        public boolean covers(Condition other) {
            return other instanceof PartsIn narrower && narrower.spans.stream().allMatch(this::has);
        }
    }

    /** It is decided at such a time. */
    record During(TimeWindow window) implements Condition {
        @Override
        public boolean holds(MessageFacts facts) {
            return window.contains(facts.now());
        }

        @Override
        public String why(MessageFacts facts) {
            return "it is " + (holds(facts) ? "" : "not ") + window;
        }

        @Override
        public boolean covers(Condition other) {
            return equals(other);
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
