package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.trace.PduLog;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the parts of the SMSC ask of the whole. */
interface SmscCore {
    SmscSettings settings();

    Behaviour behaviour();

    Counters counters();

    List<SmscListener> listeners();

    /** What chance decides. */
    Chance chance();

    /** Does this after a while, on the one thread for what happens later; output is flushed afterwards. */
    void later(Duration delay, Runnable work);

    /** Sends what has gathered for every session. */
    void flushAll();

    /** The account of this system_id, made when there is none. */
    Account account(String systemId);

    /** The account that last sent as this sender id, to which an answer goes. */
    void rememberSender(String senderId, Account account);

    /** Takes submits of every kind. */
    Submits submits();

    /** What ESMEs ask about messages this SMSC holds. */
    Operations operations();

    /** What is owed, kept so that it outlives this SMSC. */
    Journal journal();

    /** Where every PDU is told; null when it is not. */
    @Nullable
    PduLog pduLog();

    void ended(Session session);
}
