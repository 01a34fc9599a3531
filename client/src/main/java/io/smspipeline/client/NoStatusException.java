package io.smspipeline.client;

/**
 * What was waited for was not heard in time. The message is published all the same and goes its way; its statuses are on
 * {@code sms.status}.
 */
public final class NoStatusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String messageId;

    NoStatusException(String messageId, String reason) {
        super("message " + messageId + ": " + reason);
        this.messageId = messageId;
    }

    /** The message. */
    public String messageId() {
        return messageId;
    }
}
