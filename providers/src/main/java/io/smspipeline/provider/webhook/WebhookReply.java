package io.smspipeline.provider.webhook;

/**
 * What the provider is told.
 *
 * @param status HTTP status
 * @param contentType of the body; empty when there is none
 * @param body empty for none
 */
public record WebhookReply(int status, String contentType, String body) {
    /** Taken, and nothing more to say. */
    public static final WebhookReply NO_CONTENT = new WebhookReply(204, "", "");
}
