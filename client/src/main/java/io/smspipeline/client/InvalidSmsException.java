package io.smspipeline.client;

import io.smspipeline.record.FailureCode;

/** A message that the pipeline would reject, found out before it is published. */
public final class InvalidSmsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    InvalidSmsException(FailureCode code, String message) {
        super(message);
        this.code = code;
    }

    /** What the pipeline would reject it with. */
    public FailureCode code() {
        return code;
    }
}
