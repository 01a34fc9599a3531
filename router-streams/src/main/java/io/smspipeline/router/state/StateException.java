package io.smspipeline.router.state;

/** State that cannot be read: of a later version, or damaged. */
public final class StateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The message says what to do. */
    public StateException(String message) {
        super(message);
    }
}
