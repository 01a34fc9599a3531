package io.smspipeline.text;

/** The user data header that came with the content does not go with it. */
public final class UnusableHeaderException extends TextRefusedException {
    private static final long serialVersionUID = 1L;

    UnusableHeaderException(String message) {
        super(message);
    }
}
