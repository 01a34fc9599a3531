package io.smspipeline.simulator.smsc;

/** How a message ends: the word in the receipt's text and the {@code message_state} TLV, SMPP 3.4 §5.2.28 and appendix B. */
public enum ReceiptState {
    DELIVRD(2, true),
    EXPIRED(3, false),
    DELETED(4, false),
    UNDELIV(5, false),
    ACCEPTD(6, true),
    UNKNOWN(7, false),
    REJECTD(8, false);

    private final int messageState;
    private final boolean success;

    ReceiptState(int messageState, boolean success) {
        this.messageState = messageState;
        this.success = success;
    }

    int messageState() {
        return messageState;
    }

    /** Whether it is told as a success: not as an error, and not to those who ask for failures alone. */
    boolean success() {
        return success;
    }

    /** Whether a receipt in this state is due, by {@code registered_delivery} (SMPP 3.4 §5.2.17). */
    boolean dueFor(int registeredDelivery) {
        return switch (registeredDelivery & 3) {
            case 1 -> true;
            case 2 -> !success;
            case 3 -> success;
            default -> false;
        };
    }
}
