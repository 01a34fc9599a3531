package io.smspipeline.provider.webhook;

import java.time.Instant;

/** What a request must show to be the provider's: a signature, or a secret agreed upon. Safe for use by many threads. */
public interface Seal {
    /** As {@link Webhooks#proof}. */
    String proof();

    /**
     * Looks at one request.
     *
     * @param now the time of day, for signatures that are valid for a while
     */
    Finding check(WebhookRequest request, Instant now);

    /** What a look at it gave. */
    sealed interface Finding {
        /**
         * It is the provider's, as far as the seal can tell.
         *
         * @param name of this one request, the same when it is sent again; empty when it has none
         */
        record Genuine(String name) implements Finding {}

        /** @param why half a sentence for a person, without secrets */
        record Forged(String why) implements Finding {}
    }
}
