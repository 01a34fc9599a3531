package io.smspipeline.service.start;

/**
 * A process cannot start for a reason its operator can mend. The message is one sentence or two for that person: what, with
 * the address or file, which key names it, and what to do. It is shown without a stack trace.
 */
public final class StartUpFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartUpFault(String message) {
        super(message);
    }

    public StartUpFault(String message, Throwable cause) {
        super(message, cause);
    }
}
