package io.smspipeline.provider.webhook;

import java.util.Set;

/**
 * The requests of one provider account. Reading one touches neither network nor disk and never throws for what came in: what
 * is the provider's and cannot be parsed arrives all the same, marked, with its raw content. Safe for use by many threads.
 */
public interface Webhooks {
    /** Media type of a form. */
    String FORM = "application/x-www-form-urlencoded";

    /** Media type of JSON. */
    String JSON = "application/json";

    /** Alias of the account: the last but one word of the path. */
    String alias();

    /** The methods this provider uses, in upper case; others are answered with 405. */
    Set<String> methods();

    /** The media types it uses for bodies; others are answered with 415. */
    Set<String> mediaTypes();

    /**
     * What makes sure that a request is the provider's, as half a sentence for a person: {@code X-Twilio-Signature}.
     * Empty when only the secrecy of the address does.
     */
    String proof();

    /** Tells whether it is the provider's, and what it says. */
    WebhookVerdict read(WebhookRequest request);
}
