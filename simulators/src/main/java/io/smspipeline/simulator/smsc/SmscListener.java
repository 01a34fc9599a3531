package io.smspipeline.simulator.smsc;

/**
 * Hears what happens, on the threads where it happens: return at once. Methods left out do nothing.
 */
public interface SmscListener {
    /** A submit_sm was accepted; its answer may not have left yet. */
    default void accepted(ReceivedMessage message) {}

    /** Somebody bound, as kind {@code TX}, {@code RX} or {@code TRX}. */
    default void bound(String systemId, int session, String kind) {}

    /** A bound session ended, whoever ended it. */
    default void ended(String systemId, int session) {}

    /** A receipt was answered with this {@code command_status}: 0 when the ESME took it. */
    default void receiptAnswered(String messageId, int status) {}
}
