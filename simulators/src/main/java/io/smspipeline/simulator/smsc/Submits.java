package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides about each message an ESME submits, and what comes of it. Safe for use by many threads. */
final class Submits {
    /** Index of the receipt among the deliveries of a message; parts of a reply come behind it. */
    static final int RECEIPT = 0;

    /** Long enough that an ESME has read the receipt when the answer comes. */
    private static final Duration ANSWER_AFTER_RECEIPT = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Submits.class);
    private static final byte[] NOTHING_MORE = {};

    private final SmscCore smsc;
    private final Clock clock;
    private final MessageLog log;
    private final Messages messages;
    private final Handsets handsets = new Handsets();
    private final AtomicLong nextId;
    private final AtomicInteger nextReference = new AtomicInteger();
    private final AtomicLong taken = new AtomicLong();
    private final Throttle total = new Throttle(System::nanoTime);

    /** @param greatestUsed number of a message or handset text of an earlier life; 0 = none known */
    Submits(SmscCore smsc, Clock clock, MessageLog log, Messages messages, long greatestUsed) {
        this.smsc = smsc;
        this.clock = clock;
        this.log = log;
        this.messages = messages;
        long first = smsc.settings().firstId();
        // From the clock, so that ids do not come again after a restart; a clock set back is no match for a journal.
        this.nextId = new AtomicLong(Math.max(first > 0 ? first : clock.millis() * 1000, greatestUsed + 1));
    }

    /** Who asked, and what the answer must name. */
    private record Request(
            Session session, Account account, int commandId, int sequence, Behaviour behaviour, Duration latency) {
        void answer(Duration after, int status, String messageId, byte[] more) {
            // As it was when the submit was read: what a mute SMSC has read is never answered.
            if (behaviour.answers(commandId)) {
                session.answers().send(after, commandId | CommandId.RESPONSE, sequence, status, messageId, more);
            }
        }
    }

    /** Takes a submit_sm, data_sm or submit_multi. */
    void submit(Session session, Account account, int commandId, int sequence, OctetReader in) {
        Behaviour behaviour = smsc.behaviour();
        Duration latency = smsc.chance().draw(behaviour.latency(), behaviour.lateAnswers());
        Request request = new Request(session, account, commandId, sequence, behaviour, latency);
        Counters counters = smsc.counters();
        try {
            switch (commandId) {
                case CommandId.SUBMIT_MULTI -> multi(request, SubmitMulti.read(in));
                case CommandId.DATA_SM -> single(request, MessageBody.readData(in));
                default -> single(request, MessageBody.read(in));
            }
        } catch (MalformedPduException e) {
            counters.submitted(1);
            counters.malformed.increment();
            refuse(request, CommandStatus.INVALID_COMMAND_LENGTH);
        }
    }

    private void single(Request request, MessageBody body) {
        smsc.counters().submitted(1);
        int status = withinRates(request, 1) ? refusal(request.behaviour(), body) : CommandStatus.THROTTLED;
        if (status == CommandStatus.OK) {
            accept(request, List.of(body), NOTHING_MORE);
        } else {
            refuse(request, status);
        }
    }

    private void multi(Request request, SubmitMulti multi) {
        smsc.counters().submitted(Math.max(1, multi.destinations()));
        int status = multi.status();
        if (status == CommandStatus.OK && !withinRates(request, multi.destinations())) {
            status = CommandStatus.THROTTLED;
        }
        if (status != CommandStatus.OK) {
            refuse(request, status);
            return;
        }
        List<MessageBody> accepted = new ArrayList<>();
        multi.forEach(body -> {
            int refusal = refusal(request.behaviour(), body);
            if (refusal == CommandStatus.OK) {
                accepted.add(body);
            } else {
                smsc.counters().errored.increment();
                multi.refuse(body.destination(), refusal);
            }
        });
        accept(request, accepted, multi.unsuccessful());
    }

    private boolean withinRates(Request request, int more) {
        Behaviour behaviour = request.behaviour();
        ThrottleRule rule = behaviour.throttleRule();
        // The account first: what one may not send is not taken from all others.
        return request.account().throttle().takes(rule, behaviour.throttle(), more)
                && total.takes(rule, behaviour.throttleTotal(), more);
    }

    private void refuse(Request request, int status) {
        Counters counters = smsc.counters();
        (status == CommandStatus.THROTTLED ? counters.throttled : counters.errored).increment();
        request.answer(request.latency(), status, "", NOTHING_MORE);
    }

    private int refusal(Behaviour behaviour, MessageBody body) {
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
        int times = DeliveryTime.refusal(body, clock);
        if (times != CommandStatus.OK) {
            return times;
        }
        if (smsc.chance().happens(behaviour.errorRate())) {
            return behaviour.errorCodes().isEmpty()
                    ? behaviour.errorCode()
                    : smsc.chance().pick(behaviour.errorCodes());
        }
        return messages.hasRoom(1) ? CommandStatus.OK : CommandStatus.QUEUE_FULL;
    }

    private void accept(Request request, List<MessageBody> bodies, byte[] more) {
        Behaviour behaviour = request.behaviour();
        if (behaviour.dropUnaccepted() && isLast(behaviour)) {
            cut(request.session());
            return;
        }
        long first = nextId.getAndAdd(Math.max(1, bodies.size()));
        String id = behaviour.messageIds().inAnswer(first);
        Duration latency = request.latency();
        List<HeldMessage> held = new ArrayList<>(bodies.size());
        boolean cut = false;
        for (int i = 0; i < bodies.size(); i++) {
            ReceivedMessage message = new ReceivedMessage(
                    id, request.account().systemId(), request.session().number(), clock.instant(), bodies.get(i));
            note(message, request.account());
            if (message.body().replaceIfPresent() == 1) {
                replaceHeld(request.account(), message.body());
            }
            HeldMessage kept = follow(request, message, first + i, first);
            if (kept != null) {
                held.add(kept);
            }
            cut |= !behaviour.dropUnaccepted() && isLast(behaviour);
        }
        if (cut) {
            cut(request.session());
        } else if (behaviour.receiptBeforeAnswer() && held.stream().anyMatch(HeldMessage::receiptDue)) {
            held.forEach(message -> messages.end(message, message.state()));
            smsc.flushAll();
            request.answer(latency.plus(ANSWER_AFTER_RECEIPT), CommandStatus.OK, id, more);
            return;
        } else {
            request.answer(latency, CommandStatus.OK, id, more);
        }
        // Behind the answer, which goes first where both take the same way.
        held.forEach(messages::endWhenDue);
    }

    /** Whether the link ends with this message. */
    private boolean isLast(Behaviour behaviour) {
        return behaviour.dropEvery() > 0 && taken.incrementAndGet() % behaviour.dropEvery() == 0;
    }

    private void cut(Session session) {
        smsc.counters().cut.increment();
        session.cut();
    }

    private void note(ReceivedMessage message, Account account) {
        smsc.counters().accepted.increment();
        if (!log.add(message)) {
            smsc.counters().duplicates.increment();
        }
        smsc.rememberSender(message.source(), account);
        for (SmscListener listener : smsc.listeners()) {
            listener.accepted(message);
        }
    }

    /** An undelivered message from and to the same, of the same service, gives way: SMPP 3.4 §5.2.18. It gets no receipt. */
    private void replaceHeld(Account account, MessageBody body) {
        messages.held(
                        account,
                        fields -> fields.source().equals(body.source())
                                && fields.destination().equals(body.destination())
                                && fields.serviceType().equals(body.serviceType()))
                .forEach(messages::drop);
    }

    /** Sees to the message's end, its receipt and its reply; null when it is at its end already. */
    private @Nullable HeldMessage follow(Request request, ReceivedMessage message, long number, long idNumber) {
        Behaviour behaviour = request.behaviour();
        Duration toBeHeld = smsc.chance().draw(behaviour.receiptDelay(), behaviour.lateReceipts());
        DeliveryTime planned = DeliveryTime.of(message, behaviour, request.latency(), toBeHeld);
        int registered = behaviour.receipts() ? message.registeredDelivery() : 0;
        boolean receiptDue = planned.state().dueFor(registered);
        HeldMessage held = null;
        List<Owed> owed = new ArrayList<>(2);
        if (receiptDue || planned.due().isAfter(message.receivedAt())) {
            held = new HeldMessage(
                    messages,
                    number,
                    idNumber,
                    behaviour.messageIds(),
                    request.account(),
                    request.session(),
                    message,
                    registered,
                    planned);
            messages.hold(held);
            if (receiptDue) {
                owed.add(new Owed(held, planned.due()));
            }
        } else {
            messages.endAtOnce(message, number, request.account(), behaviour.messageIds(), planned.state());
        }
        List<Owed> replies = behaviour.replies() ? reply(request, message, number, planned) : List.of();
        owed.addAll(replies);
        owe(request.account(), owed);
        deliver(request.account(), replies, message.receivedAt(), held);
        return held;
    }

    private List<Owed> reply(Request request, ReceivedMessage message, long number, DeliveryTime planned) {
        Behaviour behaviour = request.behaviour();
        String question = handsets.question(message);
        if (question == null || !planned.state().success()) {
            return List.of();
        }
        String text = behaviour.replyText().replace("{text}", question);
        Instant due =
                message.receivedAt().plus(request.latency()).plus(smsc.chance().draw(behaviour.replyDelay()));
        try {
            List<Owed> parts = parts(
                    number,
                    message.body().destination(),
                    message.body().source(),
                    HandsetText.of(message.destination(), message.source(), text),
                    due.isAfter(planned.due()) ? due : planned.due());
            return behaviour.moPartOrder().arrange(List.of(parts), smsc.chance().random());
        } catch (TextRefusedException e) {
            LOG.warn("no reply from {}: {}", message.destination(), e.getMessage());
            return List.of();
        }
    }

    /**
     * Brings texts from handsets to accounts, in as many parts as they need.
     *
     * @param receivers the account of each
     * @throws TextRefusedException when one cannot be written as it asks; then none is brought
     * @throws IllegalArgumentException when one names a part that it does not have; then none is brought
     */
    void fromHandsets(List<HandsetText> texts, List<Account> receivers) {
        Instant now = clock.instant();
        List<List<Part>> all = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            HandsetText text = texts.get(i);
            Account receiver = receivers.get(i);
            Address handset = new Address(1, 1, text.from());
            all.add(parts(nextId.getAndIncrement(), handset, new Address(0, 1, text.to()), text, now).stream()
                    .map(owed -> new Part(receiver, owed))
                    .toList());
        }
        for (List<Part> parts : all) {
            owe(parts.get(0).receiver(), parts.stream().map(Part::owed).toList());
        }
        boolean named = texts.stream().anyMatch(text -> !text.parts().isEmpty());
        PartOrder order = smsc.behaviour().moPartOrder();
        (named && order != PartOrder.INTERLEAVED ? PartOrder.IN_ORDER : order)
                .arrange(all, smsc.chance().random())
                .forEach(part -> deliver(part.receiver(), List.of(part.owed()), now, null));
    }

    private record Part(Account receiver, Owed owed) {}

    private List<Owed> parts(long number, Address handset, Address to, HandsetText text, Instant due) {
        List<Owed> owed = new ArrayList<>();
        for (MessageBody body : Deliveries.fromHandset(handset, to, text, nextReference.getAndIncrement())) {
            owed.add(new Owed(new WrittenDelivery(number, RECEIPT + 1 + owed.size(), body, null), due));
        }
        return owed;
    }

    private void owe(Account account, List<Owed> owed) {
        if (!owed.isEmpty()) {
            smsc.journal().owe(account.systemId(), owed);
            owed.forEach(each -> count(each.delivery()));
        }
    }

    /** Goes on with what an earlier life of this SMSC still owed. */
    void resume(Account account, List<Owed> owed) {
        owed.forEach(each -> count(each.delivery()));
        deliver(account, owed, clock.instant(), null);
    }

    private void count(Delivery due) {
        Counters counters = smsc.counters();
        (due.receipted() == null ? counters.mos : counters.receipts).due.increment();
    }

    /** @param question what is answered; one that was deleted meanwhile is not; null when nothing was asked */
    private void deliver(Account account, List<Owed> owed, Instant now, @Nullable HeldMessage question) {
        for (Owed each : owed) {
            Duration delay = Duration.between(now, each.due());
            smsc.later(delay.isNegative() ? Duration.ZERO : delay, () -> {
                if (question != null && question.state() == ReceiptState.DELETED) {
                    smsc.counters().mos.due.decrement();
                    smsc.journal().done(each.delivery());
                } else {
                    account.mailbox().offer(each.delivery());
                }
            });
        }
    }
}
