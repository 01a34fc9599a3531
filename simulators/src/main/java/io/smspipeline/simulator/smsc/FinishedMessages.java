package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the latest messages ended, for those who ask. Numbers come in order, so that each has its place by its last bits until a
 * later one takes it: no search, and nothing allocated. Safe for use by many threads.
 */
final class FinishedMessages {
    private static final ReceiptState[] STATES = ReceiptState.values();
    private static final MessageIdForm[] FORMS = MessageIdForm.values();

    /** What is known of a message that has ended. */
    record Finished(Account account, MessageIdForm form, int sourceHash, ReceiptState state, Instant at) {}

    private final int mask;
    private final long[] numbers;
    private final long[] endedMillis;
    private final int[] sourceHashes;
    private final byte[] states;
    private final byte[] forms;
    private final @Nullable Account[] accounts;

    /** @param most how many are remembered; the next power of two is */
    FinishedMessages(int most) {
        int size = Integer.highestOneBit(Math.max(most, 2) - 1) << 1;
        mask = size - 1;
        numbers = new long[size];
        endedMillis = new long[size];
        sourceHashes = new int[size];
        states = new byte[size];
        forms = new byte[size];
        accounts = new Account[size];
    }

    synchronized void add(
            long number, Account account, MessageIdForm form, Address source, ReceiptState state, long atMillis) {
        int place = (int) number & mask;
        numbers[place] = number;
        endedMillis[place] = atMillis;
        sourceHashes[place] = source.hashCode();
        states[place] = (byte) state.ordinal();
        forms[place] = (byte) form.ordinal();
        accounts[place] = account;
    }

    synchronized @Nullable Finished find(long number) {
        int place = (int) number & mask;
        Account account = accounts[place];
        return account == null || numbers[place] != number
                ? null
                : new Finished(
                        account,
                        FORMS[forms[place]],
                        sourceHashes[place],
                        STATES[states[place]],
                        Instant.ofEpochMilli(endedMillis[place]));
    }
}
