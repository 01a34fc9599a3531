package io.smspipeline.router.routing;

import io.smspipeline.record.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who carries a message, or why nobody does. */
public sealed interface Choice {
    /**
     * Somebody does.
     *
     * @param provider its alias
     * @param alternatives who could instead, best first
     * @param rule that named them; null when the message named its provider, or no rule matched
     */
    record Carried(
            String provider,
            List<String> alternatives,
            @Nullable String rule) implements Choice {}

    /** Nobody does. */
    record Uncarried(Failure failure, @Nullable String rule) implements Choice {}
}
