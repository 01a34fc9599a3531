package io.smspipeline.provider.smpp.held;

/** What can be asked of the SMSC about a message it took. */
enum HeldOperation {
    /** SMPP 3.4 §4.8. */
    QUERY("query_sm", "tell the state of it"),
    /** SMPP 3.4 §4.9. */
    CANCEL("cancel_sm", "withdraw it"),
    /** SMPP 3.4 §4.10. */
    REPLACE("replace_sm", "exchange its text");

    private final String command;
    private final String deed;

    HeldOperation(String command, String deed) {
        this.command = command;
        this.deed = deed;
    }

    /** As SMPP calls it. */
    String command() {
        return command;
    }

    /** What the SMSC was asked to do. */
    String deed() {
        return deed;
    }
}
