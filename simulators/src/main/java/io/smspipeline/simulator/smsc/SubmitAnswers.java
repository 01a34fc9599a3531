package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The submit_sm_resp of one session, sent as the behaviour wants it: at once, later, when let go, or not at all. Safe for use
 * by many threads; it only adds to the output.
 */
final class SubmitAnswers {
    private record Held(int sequence, int status, String messageId) {}

    private final SmscCore smsc;
    private final SessionOutput output;
    private final List<Held> held = new ArrayList<>();

    SubmitAnswers(SmscCore smsc, SessionOutput output) {
        this.smsc = smsc;
        this.output = output;
    }

    /** @param behaviour as it was when the submit_sm was read */
    void send(Behaviour behaviour, int sequence, int status, String messageId) {
        if (!behaviour.mute()) {
            sendAfter(behaviour.latency(), sequence, status, messageId);
        }
    }

    void sendAfter(Duration latency, int sequence, int status, String messageId) {
        if (latency.isZero()) {
            holdOrWrite(sequence, status, messageId);
        } else {
            smsc.later(latency, () -> holdOrWrite(sequence, status, messageId));
        }
    }

    private void holdOrWrite(int sequence, int status, String messageId) {
        if (smsc.behaviour().holdAnswers()) {
            synchronized (held) {
                // Looked at again under the lock: an answer added after the letting go would stay for ever.
                if (smsc.behaviour().holdAnswers()) {
                    held.add(new Held(sequence, status, messageId));
                    return;
                }
            }
        }
        if (!smsc.behaviour().mute()) {
            write(sequence, status, messageId);
        }
    }

    /** An error is told by the header alone, as SMPP 3.4 §4.4.2 allows and ESMEs must bear. */
    private void write(int sequence, int status, String messageId) {
        if (status == CommandStatus.OK) {
            output.submitSmResp(sequence, messageId);
        } else {
            output.header(CommandId.SUBMIT_SM_RESP, status, sequence);
        }
    }

    /** Sends the answers held back, in the order of their submits. */
    void letGo() {
        synchronized (held) {
            held.forEach(each -> write(each.sequence(), each.status(), each.messageId()));
            held.clear();
        }
    }
}
