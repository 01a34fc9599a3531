package io.smspipeline.quickstart.command;

/** A user's mistake, said in one sentence that names the option or key; ends the command with {@link Exit#WRONG_USE}. */
public final class UserFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong, why, and what to do */
    public UserFault(String sentence) {
        super(sentence);
    }
}
