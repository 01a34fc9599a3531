package io.smspipeline.provider.smpp.session;

/**
 * A request of ours under way. Exactly one of {@link #answered} and {@link #unanswered} is called, once, on the thread that
 * reads the socket or ends the session: what they do must be short and must not block.
 */
public interface Request {
    /** What is known of a request that was not answered. */
    enum Fate {
        /** Not an octet of it left us. */
        NEVER_SENT,
        /** It may have arrived, and may have been carried out. */
        UNKNOWN
    }

    /**
     * The SMSC answered.
     *
     * @param nack whether by generic_nack, which never means acceptance
     * @param status command_status, 0 for success
     * @param body empty for most errors
     */
    void answered(boolean nack, int status, Octets body);

    /** No answer came, and none is waited for any more. */
    void unanswered(Fate fate, String why);

    /** What it is sent for, in key-values for a log; empty when that is plain. Asked only when somebody looks. */
    default String about() {
        return "";
    }

    /** An answer came after {@link #unanswered}. */
    default void answeredLate(boolean nack, int status, Octets body) {}
}
