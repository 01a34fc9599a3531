package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to the submits of one session, sent as the behaviour wants it: at once, later, when let go, or not at all. Safe
 * for use by many threads; it only adds to the output.
 */
final class SubmitAnswers {
    private final SmscCore smsc;
    private final SessionOutput output;
    private final List<Runnable> held = new ArrayList<>();

    SubmitAnswers(SmscCore smsc, SessionOutput output) {
        this.smsc = smsc;
        this.output = output;
    }

    /**
     * Sends an answer; nothing when the SMSC is mute at its time. Whether it was when the submit was read is for the caller.
     *
     * @param latency from now
     * @param messageId left away, as all else is, when the status is an error
     * @param more what follows the id
     */
    void send(Duration latency, int commandId, int sequence, int status, String messageId, byte[] more) {
        if (latency.isZero()) {
            holdOrWrite(commandId, sequence, status, messageId, more);
        } else {
            smsc.later(latency, () -> holdOrWrite(commandId, sequence, status, messageId, more));
        }
    }

    private void holdOrWrite(int commandId, int sequence, int status, String messageId, byte[] more) {
        synchronized (held) {
            // Behind those that are about to be let go: an answer that passes them would change the order.
            if (smsc.behaviour().holdAnswers() || !held.isEmpty()) {
                held.add(() -> write(commandId, sequence, status, messageId, more));
            } else if (!smsc.behaviour().mute()) {
                write(commandId, sequence, status, messageId, more);
            }
        }
    }

    /** An error is told by the header alone, as SMPP 3.4 §4.4.2 allows and ESMEs must bear. */
    private void write(int commandId, int sequence, int status, String messageId, byte[] more) {
        if (status == CommandStatus.OK) {
            output.submitResp(commandId, sequence, messageId, more);
        } else {
            output.header(commandId, status, sequence);
        }
    }

    /** Sends the answers held back, in the order of their submits. */
    void letGo() {
        synchronized (held) {
            held.forEach(Runnable::run);
            held.clear();
        }
    }
}
