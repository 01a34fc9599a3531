package io.smspipeline.simulator.smsc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages this SMSC still holds, and how the latest others ended. Bounded: see {@link SmscSettings#maxHeld()}. Safe for
 * use by many threads.
 */
final class Messages {
    /** Destinations of one submit_multi, SMPP 3.4 §4.5.1. */
    static final int MOST_OF_ONE_ID = 254;

    private final SmscCore smsc;
    private final Clock clock;
    private final Map<Long, HeldMessage> held = new ConcurrentHashMap<>();
    private final FinishedMessages finished;
    private final AtomicLong inMemory = new AtomicLong();

    Messages(SmscCore smsc, Clock clock) {
        this.smsc = smsc;
        this.clock = clock;
        this.finished = new FinishedMessages(smsc.settings().logSize());
    }

    Instant now() {
        return clock.instant();
    }

    /** Whether so many more may be held, or wait for an ESME to take their receipts. */
    boolean hasRoom(int more) {
        return inMemory.get() + more <= smsc.settings().maxHeld();
    }

    /** How many are held: accepted, and not yet at their end. */
    long count() {
        return held.size();
    }

    /** Keeps a message until it is due; {@link #endWhenDue} must follow. */
    void hold(HeldMessage message) {
        inMemory.incrementAndGet();
        held.put(message.number(), message);
    }

    /** One message less is held or waits with its receipt. */
    void left() {
        inMemory.decrementAndGet();
    }

    /** Notes the end of a message that was never held. */
    void endAtOnce(ReceivedMessage message, long number, Account account, MessageIdForm form, ReceiptState state) {
        finished.add(
                number,
                account,
                form,
                message.body().source(),
                state,
                message.receivedAt().toEpochMilli());
    }

    void endWhenDue(HeldMessage message) {
        Instant due = message.due();
        Duration delay = Duration.between(clock.instant(), due);
        smsc.later(delay.isNegative() ? Duration.ZERO : delay, () -> {
            // Another time means that it was replaced meanwhile, and comes up again.
            if (message.due().equals(due)) {
                end(message, message.state());
            }
        });
    }

    /** Ends a message, and lets its receipt go where one is due; nothing when it had ended before. */
    void end(HeldMessage message, ReceiptState state) {
        Instant now = clock.instant();
        if (message.end(state, now)) {
            finish(message, now);
        }
    }

    private void finish(HeldMessage message, Instant now) {
        held.remove(message.number());
        finished.add(
                message.number(),
                message.account(),
                message.form(),
                message.fields().source(),
                message.state(),
                now.toEpochMilli());
        if (message.receiptDue()) {
            message.account().mailbox().offer(message);
            if (smsc.chance().happens(smsc.behaviour().duplicateReceipts())) {
                message.account().mailbox().offer(new Repeat(message));
            }
        } else {
            message.leave();
        }
    }

    /**
     * Ends a message before its time, as an ESME asked: the receipt it was to get is not the one it gets.
     *
     * @return false when it had ended before
     */
    boolean cancel(HeldMessage message) {
        boolean dueBefore = message.receiptDue();
        Instant now = clock.instant();
        if (!message.end(ReceiptState.DELETED, now)) {
            return false;
        }
        oweAnew(message, dueBefore, now);
        finish(message, now);
        return true;
    }

    /** Ends a message in favour of another, without a receipt. */
    void drop(HeldMessage message) {
        boolean dueBefore = message.receiptDue();
        Instant now = clock.instant();
        if (message.endUnreceipted(now)) {
            oweAnew(message, dueBefore, now);
            finish(message, now);
        }
    }

    /**
     * Takes a new text and new times, SMPP 3.4 §4.10.
     *
     * @return false when it had ended before
     */
    boolean replace(HeldMessage message, byte[] text, int registeredDelivery, ReceiptState state, Instant due) {
        boolean dueBefore = message.receiptDue();
        if (!message.replace(text, registeredDelivery, state, due)) {
            return false;
        }
        oweAnew(message, dueBefore, due);
        endWhenDue(message);
        return true;
    }

    private void oweAnew(HeldMessage message, boolean dueBefore, Instant due) {
        boolean dueNow = message.receiptDue();
        if (dueBefore) {
            smsc.journal().done(message);
        }
        if (dueNow) {
            smsc.journal().owe(message.account().systemId(), List.of(new Owed(message, due)));
        }
        smsc.counters().receipts.due.add((dueNow ? 1 : 0) - (dueBefore ? 1 : 0));
    }

    /** The message with this id, when it is held for this account; the first of those that share it. */
    @Nullable
    HeldMessage held(String id, Account account) {
        for (MessageIdForm form : MessageIdForm.values()) {
            HeldMessage message = held.get(form.number(id));
            if (message != null
                    && message.account() == account
                    && message.messageId().equals(id)) {
                return message;
            }
        }
        return null;
    }

    /** All that are held under the id of this one: more than it when it came by submit_multi. */
    List<HeldMessage> sharing(HeldMessage first) {
        List<HeldMessage> all = new ArrayList<>(List.of(first));
        for (long number = first.number() + 1; number < first.idNumber() + MOST_OF_ONE_ID; number++) {
            HeldMessage next = held.get(number);
            if (next != null && next.idNumber() == first.idNumber()) {
                all.add(next);
            }
        }
        return all;
    }

    /** All of this account that match. Looks at every message held. */
    List<HeldMessage> held(Account account, Predicate<HeldMessage.Fields> wanted) {
        return held.values().stream()
                .filter(message -> message.account() == account && wanted.test(message.fields()))
                .toList();
    }

    /** How the message with this id ended, when it was this account's; null when it was not, or is forgotten. */
    FinishedMessages.@Nullable Finished finished(String id, Account account) {
        for (MessageIdForm form : MessageIdForm.values()) {
            FinishedMessages.Finished found = finished.find(form.number(id));
            if (found != null && found.account() == account && found.form() == form) {
                return found;
            }
        }
        return null;
    }
}
