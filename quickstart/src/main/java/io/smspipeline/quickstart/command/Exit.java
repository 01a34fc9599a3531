package io.smspipeline.quickstart.command;

/** Exit codes scripts may rely on. */
public final class Exit {
    /** Done. */
    public static final int DONE = 0;

    /** The message, or some line, failed. */
    public static final int FAILED = 1;

    /** Wrong use or configuration. */
    public static final int WRONG_USE = 2;

    /** Not within the time given. */
    public static final int TIMED_OUT = 3;

    private Exit() {}
}
