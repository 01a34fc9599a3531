package io.smspipeline.client;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;

/** A message that the pipeline would reject, found out before it is published. */
public final class InvalidSmsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final FailureCode code;

    private InvalidSmsException(Failure failure) {
        super(failure.getReason());
        this.code = failure.getCode();
    }

    /** @throws InvalidSmsException when the pipeline would reject this message */
    static void throwIfRefused(OutgoingMessage message) {
        Admission.refusal(message).ifPresent(failure -> {
            throw new InvalidSmsException(failure);
        });
    }

    /** What the pipeline would reject it with. */
    public FailureCode code() {
        return code;
    }
}
