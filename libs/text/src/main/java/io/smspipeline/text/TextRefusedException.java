package io.smspipeline.text;

/**
 * This content cannot be sent as asked, today or later: the sender must change it or ask for something else. The message
 * is one sentence fit for the sender's eyes.
 */
public abstract sealed class TextRefusedException extends IllegalArgumentException
        permits UnencodableTextException, TooManyPartsException, UnusableHeaderException {
    private static final long serialVersionUID = 1L;

    TextRefusedException(String message) {
        super(message);
    }
}
