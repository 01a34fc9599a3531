package io.smspipeline.router.routing;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who carries a message, or why nobody does. Immutable. */
public sealed interface Choice {
    /** Name of the rule that decided, be it only when and how where the message names its provider; null when none matched. */
    @Nullable
    String rule();

    /**
     * Somebody does.
     *
     * @param provider its alias
     * @param alternatives who could instead, best first
     * @param set what the message is changed to
     */
    record Carried(
            String provider,
            List<String> alternatives,
            @Nullable String rule,
            Overrides set) implements Choice {
        public Carried {
            alternatives = List.copyOf(alternatives);
        }

        /** As the application asked. */
        public Carried(String provider, List<String> alternatives, @Nullable String rule) {
            this(provider, alternatives, rule, Overrides.NONE);
        }

        /** Provider and alternatives. */
        public List<String> candidates() {
            List<String> all = new ArrayList<>(List.of(provider));
            all.addAll(alternatives);
            return all;
        }

        Carried with(Overrides other) {
            return new Carried(provider, alternatives, rule, other);
        }
    }

    /**
     * Somebody would, but not at this hour.
     *
     * @param until when it is decided again
     * @param otherwise who would carry it now
     */
    record Quiet(Instant until, Carried otherwise) implements Choice {
        @Override
        public @Nullable String rule() {
            return otherwise.rule();
        }
    }

    /** Nobody does. */
    record Uncarried(Failure failure, @Nullable String rule) implements Choice {}

    /**
     * Nobody does, for good.
     *
     * @param reason half a sentence for a person
     */
    static Uncarried refused(FailureCode code, String reason, @Nullable String rule) {
        return new Uncarried(new Failure(code, reason, null, null, true), rule);
    }
}
