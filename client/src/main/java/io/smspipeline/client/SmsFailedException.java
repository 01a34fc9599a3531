package io.smspipeline.client;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MessageStatus;
import org.jspecify.annotations.Nullable;

/** A message that was sent came to another end than was waited for. */
public final class SmsFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient MessageStatus status;

    SmsFailedException(MessageStatus status) {
        super("message " + status.getMessageId() + " is " + status.getState() + reason(status.getFailure()));
        this.status = status;
    }

    private static String reason(@Nullable Failure failure) {
        return failure == null ? "" : ", " + failure.getCode() + ": " + failure.getReason();
    }

    /** The status that says so. */
    public MessageStatus status() {
        return status;
    }

    /** Why; GENERIC when nobody said. */
    public FailureCode code() {
        return status.getFailure() == null
                ? FailureCode.GENERIC
                : status.getFailure().getCode();
    }
}
