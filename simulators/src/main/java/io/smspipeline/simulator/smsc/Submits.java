package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.text.TextRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about each submit_sm, and what comes of it. Safe for use by many threads. */
final class Submits {
    /** Long enough that an ESME has read the receipt when the answer comes. */
    private static final Duration ANSWER_AFTER_RECEIPT = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Submits.class);

    private final SmscCore smsc;
    private final Clock clock;
    private final MessageLog log;
    private final Handsets handsets = new Handsets();
    private final Random errors;
    private final AtomicLong nextId;
    private final AtomicInteger nextReference = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();

    Submits(SmscCore smsc, Clock clock, MessageLog log) {
        this.smsc = smsc;
        this.clock = clock;
        this.log = log;
        this.errors = new Random(smsc.settings().errorSeed());
        // From the clock, so that ids do not come again after a restart.
        this.nextId = new AtomicLong(clock.millis() * 1000);
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
        boolean receiptDue = behaviour.receipts()
                && behaviour.receiptStateFor(message.destination()).dueFor(body.registeredDelivery());
        if (receiptDue) {
            smsc.counters().receipts.due.increment();
        }
        if (behaviour.dropEvery() > 0 && taken.incrementAndGet() % behaviour.dropEvery() == 0) {
            smsc.counters().cut.increment();
            session.cut();
        } else if (receiptDue && behaviour.receiptBeforeAnswer()) {
            deliverReceipt(behaviour, session, account, message, number);
            smsc.flushAll();
            session.answers().sendAfter(behaviour.latency().plus(ANSWER_AFTER_RECEIPT), sequence, CommandStatus.OK, id);
            receiptDue = false;
        } else {
            session.answers().send(behaviour, sequence, CommandStatus.OK, id);
        }
        if (receiptDue) {
            // Counted from the answer, which therefore goes first where both take the same way.
            smsc.later(
                    behaviour.latency().plus(behaviour.receiptDelay()),
                    () -> deliverReceipt(behaviour, session, account, message, number));
        }
        if (behaviour.replies()) {
            reply(behaviour, account, message);
        }
    }

    private void deliverReceipt(
            Behaviour behaviour, Session session, Account account, ReceivedMessage message, long number) {
        String id = behaviour.messageIds().inReceipt(number);
        ReceiptState state = behaviour.receiptStateFor(message.destination());
        MessageBody receipt = Deliveries.receipt(message, id, state, clock.instant());
        account.mailbox().offer(new Delivery(receipt, message.messageId(), session));
    }

    private void reply(Behaviour behaviour, Account account, ReceivedMessage message) {
        String question = handsets.question(message);
        if (question != null) {
            String text = behaviour.replyText().replace("{text}", question);
            Duration delay = behaviour.latency().plus(behaviour.replyDelay());
            try {
                fromHandset(
                        account, message.body().destination(), message.body().source(), text, delay);
            } catch (TextRefusedException e) {
                LOG.warn("no reply from {}: {}", message.destination(), e.getMessage());
            }
        }
    }

    /** Brings a text from a handset to an account, in as many parts as it needs. */
    void fromHandset(Account account, Address handset, Address to, String text, Duration delay) {
        for (MessageBody body : Deliveries.fromHandset(handset, to, text, nextReference.getAndIncrement())) {
            smsc.counters().mos.due.increment();
            smsc.later(delay, () -> account.mailbox().offer(new Delivery(body, null, null)));
        }
    }
}
