package io.smspipeline.proving.ledger;

import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of one message. Guarded by its {@link Ledger} while a run lasts. */
public final class Entry {
    private static final Set<MessageState> FINAL = Set.of(
            MessageState.DELIVERED,
            MessageState.UNDELIVERABLE,
            MessageState.EXPIRED,
            MessageState.REJECTED,
            MessageState.CANCELLED,
            MessageState.UNKNOWN);

    private final int number;
    private final String messageId;
    private final int[] submits;
    private boolean acknowledged;
    private boolean toldOfRepeat;
    private int statuses;
    private int ends;
    private @Nullable MessageState state;
    private @Nullable MessageState end;
    private @Nullable String regress;

    Entry(int number, String messageId, int parts) {
        this.number = number;
        this.messageId = messageId;
        this.submits = new int[parts];
    }

    void acknowledge() {
        acknowledged = true;
    }

    void submitted(int part) {
        submits[part - 1]++;
    }

    void toldOfRepeat() {
        toldOfRepeat = true;
    }

    void read(MessageStatus status) {
        MessageState now = status.getState();
        statuses++;
        if (status.getSequence() != statuses) {
            regress = "its status number " + statuses + " says it is number " + status.getSequence();
        }
        if (state != null && rank(now) < rank(state)) {
            regress = "went from " + state + " to " + now;
        }
        state = now;
        if (status.getPossibleRepeat()) {
            toldOfRepeat = true;
        }
        if (status.getFinal$()) {
            // A correction replaces an end that was our guess; it is no second one.
            ends += status.getCorrects() == null ? 1 : 0;
            end = now;
        }
    }

    private static int rank(MessageState state) {
        return FINAL.contains(state) ? MessageState.values().length : state.ordinal();
    }

    /** From 0, in the order of publishing. */
    public int number() {
        return number;
    }

    public String messageId() {
        return messageId;
    }

    /** Whether Kafka acknowledged it; if not, it may exist or not. */
    public boolean isAcknowledged() {
        return acknowledged;
    }

    /** Its final state; null while it has none. */
    public @Nullable MessageState end() {
        return end;
    }

    /** How often a final state was published, corrections not counted. */
    public int ends() {
        return ends;
    }

    /** What is wrong with the order of its statuses; null when nothing is. */
    public @Nullable String regress() {
        return regress;
    }

    /** Whether the SMSC took every part at least once. */
    public boolean wasSubmittedWhole() {
        for (int each : submits) {
            if (each == 0) {
                return false;
            }
        }
        return true;
    }

    /** Submits beyond the first of each part. */
    public int repeats() {
        int repeats = 0;
        for (int each : submits) {
            repeats += Math.max(0, each - 1);
        }
        return repeats;
    }

    /** Whether an event or a status said that it may have been submitted twice. */
    public boolean isToldOfRepeat() {
        return toldOfRepeat;
    }

    @Override
    public String toString() {
        return "message " + number + " (" + messageId + ")";
    }
}
