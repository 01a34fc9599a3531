package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.text.TextRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about each submit_sm, and what comes of it. Safe for use by many threads. */
final class Submits {
    /** Long enough that an ESME has read the receipt when the answer comes. */
    private static final Duration ANSWER_AFTER_RECEIPT = Duration.ofMillis(100);

    /** Index of the receipt among the deliveries of a message; parts of a reply come behind it. */
    private static final int RECEIPT = 0;

    private static final Logger LOG = LoggerFactory.getLogger(Submits.class);

    private final SmscCore smsc;
    private final Clock clock;
    private final MessageLog log;
    private final Handsets handsets = new Handsets();
    private final Random errors;
    private final AtomicLong nextId;
    private final AtomicInteger nextReference = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();

    /** @param greatestUsed number of a message or handset text of an earlier life; 0 = none known */
    Submits(SmscCore smsc, Clock clock, MessageLog log, long greatestUsed) {
        this.smsc = smsc;
        this.clock = clock;
        this.log = log;
        this.errors = new Random(smsc.settings().errorSeed());
        // From the clock, so that ids do not come again after a restart; a clock set back is no match for a journal.
        this.nextId = new AtomicLong(Math.max(clock.millis() * 1000, greatestUsed + 1));
    }

    void submit(Session session, Account account, int sequence, OctetReader in) {
        Behaviour behaviour = smsc.behaviour();
        Counters counters = smsc.counters();
        counters.submits.increment();
        MessageBody body;
        try {
            body = MessageBody.read(in);
        } catch (MalformedPduException e) {
            counters.malformed.increment();
            counters.errored.increment();
            session.answers().send(behaviour, sequence, CommandStatus.INVALID_COMMAND_LENGTH, "");
            return;
        }
        int status = refusal(behaviour, account, body);
        if (status == CommandStatus.OK) {
            accept(behaviour, session, account, sequence, body);
        } else {
            (status == CommandStatus.THROTTLED ? counters.throttled : counters.errored).increment();
            session.answers().send(behaviour, sequence, status, "");
        }
    }

    private int refusal(Behaviour behaviour, Account account, MessageBody body) {
        if (!account.takes(behaviour.throttle())) {
            return CommandStatus.THROTTLED;
        }
        String destination = body.destination().value();
        if (destination.isEmpty()) {
            return CommandStatus.INVALID_DESTINATION;
        }
        if (!behaviour.refusals().isEmpty()) {
            Integer status = behaviour.refusals().get(destination);
            if (status != null) {
                return status;
            }
        }
        return behaviour.errorRate() > 0 && errors.nextDouble() < behaviour.errorRate()
                ? behaviour.errorCode()
                : CommandStatus.OK;
    }

    private void accept(Behaviour behaviour, Session session, Account account, int sequence, MessageBody body) {
        long number = nextId.getAndIncrement();
        String id = behaviour.messageIds().inAnswer(number);
        ReceivedMessage message = new ReceivedMessage(id, account.systemId(), session.number(), clock.instant(), body);
        smsc.counters().accepted.increment();
        if (!log.add(message)) {
            smsc.counters().duplicates.increment();
        }
        smsc.rememberSender(message.source(), account);
        for (SmscListener listener : smsc.listeners()) {
            listener.accepted(message);
        }
        Owed receipt = receipt(behaviour, session, message, number);
        List<Owed> owed = new ArrayList<>(2);
        if (receipt != null) {
            smsc.counters().receipts.due.increment();
            owed.add(receipt);
        }
        List<Owed> replies = behaviour.replies() ? reply(behaviour, message, number) : List.of();
        owed.addAll(replies);
        owe(account, owed);
        if (behaviour.dropEvery() > 0 && taken.incrementAndGet() % behaviour.dropEvery() == 0) {
            smsc.counters().cut.increment();
            session.cut();
        } else if (receipt != null && behaviour.receiptBeforeAnswer()) {
            account.mailbox().offer(receipt.delivery());
            smsc.flushAll();
            session.answers().sendAfter(behaviour.latency().plus(ANSWER_AFTER_RECEIPT), sequence, CommandStatus.OK, id);
            owed = replies;
        } else {
            session.answers().send(behaviour, sequence, CommandStatus.OK, id);
        }
        // Behind the answer, which goes first where both take the same way.
        deliver(account, owed, message.receivedAt());
    }

    /** The receipt this message is owed; null when none is. */
    private @Nullable Owed receipt(Behaviour behaviour, Session session, ReceivedMessage message, long number) {
        ReceiptState state = behaviour.receiptStateFor(message.destination());
        if (!behaviour.receipts() || !state.dueFor(message.registeredDelivery())) {
            return null;
        }
        Instant due = message.receivedAt();
        if (!behaviour.receiptBeforeAnswer()) {
            due = due.plus(behaviour.latency()).plus(behaviour.receiptDelay());
        }
        MessageBody body = Deliveries.receipt(message, behaviour.messageIds().inReceipt(number), state, due);
        return new Owed(new Delivery(number, RECEIPT, body, message.messageId(), session), due);
    }

    private List<Owed> reply(Behaviour behaviour, ReceivedMessage message, long number) {
        String question = handsets.question(message);
        if (question == null) {
            return List.of();
        }
        String text = behaviour.replyText().replace("{text}", question);
        Instant due = message.receivedAt().plus(behaviour.latency()).plus(behaviour.replyDelay());
        try {
            return fromHandset(
                    number, message.body().destination(), message.body().source(), text, due);
        } catch (TextRefusedException e) {
            LOG.warn("no reply from {}: {}", message.destination(), e.getMessage());
            return List.of();
        }
    }

    /** Brings a text from a handset to an account, in as many parts as it needs. */
    void fromHandset(Account account, Address handset, Address to, String text) {
        Instant now = clock.instant();
        List<Owed> owed = fromHandset(nextId.getAndIncrement(), handset, to, text, now);
        owe(account, owed);
        deliver(account, owed, now);
    }

    private List<Owed> fromHandset(long number, Address handset, Address to, String text, Instant due) {
        List<Owed> owed = new ArrayList<>();
        for (MessageBody body : Deliveries.fromHandset(handset, to, text, nextReference.getAndIncrement())) {
            smsc.counters().mos.due.increment();
            owed.add(new Owed(new Delivery(number, RECEIPT + 1 + owed.size(), body, null, null), due));
        }
        return owed;
    }

    private void owe(Account account, List<Owed> owed) {
        if (!owed.isEmpty()) {
            smsc.journal().owe(account.systemId(), owed);
        }
    }

    /** Goes on with what an earlier life of this SMSC still owed. */
    void resume(Account account, List<Owed> owed) {
        for (Owed each : owed) {
            Counters counters = smsc.counters();
            (each.delivery().receipted() == null ? counters.mos : counters.receipts).due.increment();
        }
        deliver(account, owed, clock.instant());
    }

    private void deliver(Account account, List<Owed> owed, Instant now) {
        for (Owed each : owed) {
            Duration delay = Duration.between(now, each.due());
            smsc.later(
                    delay.isNegative() ? Duration.ZERO : delay,
                    () -> account.mailbox().offer(each.delivery()));
        }
    }
}
