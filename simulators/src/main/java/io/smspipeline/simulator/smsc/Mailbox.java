package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Receipts and handset messages for one system_id: kept until a session can receive, and until the ESME has taken them. Safe
 * for use by many threads; it only adds to the sessions' output, the caller flushes.
 */
final class Mailbox {
    private record Sent(Delivery delivery, long nanos) {}

    /** One session that can receive. */
    private static final class Inbox {
        final Session session;
        /** Meant for this session before others. */
        final Deque<Delivery> own = new ArrayDeque<>();
        /** By sequence_number, oldest first. */
        final Map<Integer, Sent> unanswered = new LinkedHashMap<>();

        Inbox(Session session) {
            this.session = session;
        }
    }

    private final SmscCore smsc;
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final Map<Session, Inbox> inboxes = new LinkedHashMap<>();
    private final Deque<Inbox> turns = new ArrayDeque<>();

    Mailbox(SmscCore smsc) {
        this.smsc = smsc;
    }

    private Counters.Deliveries counted(Delivery delivery) {
        return delivery.receipted() == null ? smsc.counters().mos : smsc.counters().receipts;
    }

    synchronized void offer(Delivery delivery) {
        Inbox preferred = delivery.origin() == null ? null : inboxes.get(delivery.origin());
        (preferred == null ? waiting : preferred.own).add(delivery);
        send();
    }

    /** Tells the session whose turn it is that a handset can be reached; false when there is none. */
    synchronized boolean alert(Address handset, Address esme, int availability) {
        Inbox inbox = turns.peek();
        if (inbox == null) {
            return false;
        }
        inbox.session.output().alertNotification(inbox.session.nextSequence(), handset, esme, availability);
        return true;
    }

    synchronized boolean canReceive() {
        return !inboxes.isEmpty();
    }

    /**
     * A session can receive from now on.
     *
     * @param welcome adds the answer to its bind: in front of all deliveries, and not to be read before the session is known
     */
    synchronized void join(Session session, Runnable welcome) {
        Inbox inbox = new Inbox(session);
        inboxes.put(session, inbox);
        turns.add(inbox);
        welcome.run();
        send();
    }

    /** What the session had not confirmed goes to the others, or waits for the next bind. */
    synchronized void leave(Session session) {
        Inbox inbox = inboxes.remove(session);
        if (inbox == null) {
            return;
        }
        turns.remove(inbox);
        List<Delivery> back = new ArrayList<>();
        for (Sent sent : inbox.unanswered.values()) {
            counted(sent.delivery()).unanswered.increment();
            back.add(sent.delivery());
        }
        back.addAll(inbox.own);
        for (int i = back.size() - 1; i >= 0; i--) {
            waiting.addFirst(back.get(i));
        }
        send();
    }

    /** A deliver_sm_resp (or generic_nack) came; an unknown sequence_number is a late answer, which changes nothing. */
    void answered(Session session, int sequence, int status) {
        Sent sent;
        synchronized (this) {
            Inbox inbox = inboxes.get(session);
            sent = inbox == null ? null : inbox.unanswered.remove(sequence);
            if (sent != null) {
                send();
            }
        }
        if (sent == null) {
            return;
        }
        Delivery delivery = sent.delivery();
        if (status == 0) {
            if (delivery instanceof Repeat) {
                smsc.counters().repeats.increment();
            } else {
                smsc.journal().done(delivery);
                delivery.taken();
                counted(delivery).acked.increment();
            }
        } else {
            counted(delivery).refused.increment();
            offerAgain(delivery);
        }
        if (delivery.receipted() != null) {
            for (SmscListener listener : smsc.listeners()) {
                listener.receiptAnswered(delivery.receipted(), status);
            }
        }
    }

    private void offerAgain(Delivery delivery) {
        smsc.later(smsc.chance().draw(smsc.behaviour().redeliveryDelay()), () -> offer(delivery));
    }

    /** Takes back what found no answer since this time. */
    synchronized void takeBackSentBefore(long nanos) {
        for (Inbox inbox : inboxes.values()) {
            for (Iterator<Sent> all = inbox.unanswered.values().iterator(); all.hasNext(); ) {
                Sent sent = all.next();
                if (sent.nanos() - nanos >= 0) {
                    break;
                }
                all.remove();
                counted(sent.delivery()).unanswered.increment();
                offerAgain(sent.delivery());
            }
        }
        send();
    }

    /** Sends what windows have room for: to the preferred session, else in turn. */
    private void send() {
        if (smsc.behaviour().mute()) {
            return;
        }
        for (Inbox inbox : turns) {
            while (hasRoom(inbox) && !inbox.own.isEmpty()) {
                send(inbox, inbox.own.remove());
            }
        }
        for (int full = 0; !waiting.isEmpty() && full < turns.size(); ) {
            Inbox inbox = turns.remove();
            turns.add(inbox);
            if (hasRoom(inbox)) {
                full = 0;
                send(inbox, waiting.remove());
            } else {
                full++;
            }
        }
    }

    private boolean hasRoom(Inbox inbox) {
        return inbox.unanswered.size() < smsc.settings().deliverWindow();
    }

    private void send(Inbox inbox, Delivery delivery) {
        int sequence = inbox.session.nextSequence();
        inbox.unanswered.put(sequence, new Sent(delivery, System.nanoTime()));
        counted(delivery).sent.increment();
        if (smsc.behaviour().dataSm()) {
            inbox.session.output().dataSm(sequence, delivery.body());
        } else {
            inbox.session.output().deliverSm(sequence, delivery.body());
        }
    }
}
