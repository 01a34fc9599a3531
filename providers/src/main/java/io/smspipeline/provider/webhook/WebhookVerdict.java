package io.smspipeline.provider.webhook;

import java.util.List;

/** What a request turned out to be. */
public sealed interface WebhookVerdict {
    /**
     * It is the provider's.
     *
     * @param all what it brought; empty for a trial call
     * @param reply to be given when all of it is durable
     * @param repeatKey names this request: the same when the provider sends it again; empty when it names it by nothing. What was
     *     durable once need not be written again
     */
    record Arrived(List<WebhookArrival> all, WebhookReply reply, String repeatKey) implements WebhookVerdict {
        /** Copies, so that it cannot change. */
        public Arrived {
            all = List.copyOf(all);
        }

        /** Of a provider that names no request. */
        public Arrived(List<WebhookArrival> all, WebhookReply reply) {
            this(all, reply, "");
        }
    }

    /**
     * Nothing proves that it is the provider's: 403.
     *
     * @param why half a sentence for a person, without secrets
     */
    record Forged(String why) implements WebhookVerdict {}
}
