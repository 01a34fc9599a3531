package io.smspipeline.provider.http;

import java.io.IOException;

/** A request that got no answer. */
final class LostException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean left;
    private final boolean silent;

    /**
     * @param left whether any of the body may have left us
     * @param silent whether the connection stood, and nothing came
     */
    LostException(String why, boolean left, boolean silent, Throwable cause) {
        super(why, cause);
        this.left = left;
        this.silent = silent;
    }

    boolean left() {
        return left;
    }

    boolean silent() {
        return silent;
    }
}
