package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.SmppTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** query_sm, cancel_sm and replace_sm, SMPP 3.4 §4.8-4.10, on the messages this SMSC holds. Safe for use by many threads. */
final class Operations {
    private static final int ENROUTE = 1;

    private final SmscCore smsc;
    private final Messages messages;

    Operations(SmscCore smsc, Messages messages) {
        this.smsc = smsc;
        this.messages = messages;
    }

    /** Does what is asked, and answers at once. */
    void handle(Session session, Account account, int commandId, int sequence, OctetReader in) {
        try {
            int status = switch (commandId) {
                case CommandId.QUERY_SM -> query(session, account, sequence, in);
                case CommandId.CANCEL_SM -> cancel(account, in);
                default -> replace(account, in);
            };
            if (commandId != CommandId.QUERY_SM || status != CommandStatus.OK) {
                session.send(commandId | CommandId.RESPONSE, status, sequence);
            }
        } catch (MalformedPduException e) {
            smsc.counters().malformed.increment();
            session.send(commandId | CommandId.RESPONSE, CommandStatus.INVALID_COMMAND_LENGTH, sequence);
        }
    }

    private int query(Session session, Account account, int sequence, OctetReader in) {
        smsc.counters().queries.increment();
        String id = in.cString(65);
        Address source = Address.read(in);
        HeldMessage held = messages.held(id, account);
        if (held != null) {
            if (!held.fields().source().equals(source)) {
                return CommandStatus.QUERY_FAILED;
            }
            session.queryAnswer(sequence, id, "", ENROUTE, 0);
            return CommandStatus.OK;
        }
        FinishedMessages.Finished finished = messages.finished(id, account);
        if (finished == null) {
            return CommandStatus.INVALID_MESSAGE_ID;
        }
        if (finished.sourceHash() != source.hashCode()) {
            return CommandStatus.QUERY_FAILED;
        }
        ReceiptState state = finished.state();
        session.queryAnswer(
                sequence, id, SmppTime.written(finished.at()), state.messageState(), state.success() ? 0 : 1);
        return CommandStatus.OK;
    }

    private int cancel(Account account, OctetReader in) {
        String serviceType = in.cString(6);
        String id = in.cString(65);
        Address source = Address.read(in);
        Address destination = Address.read(in);
        List<HeldMessage> wanted;
        if (id.isEmpty()) {
            wanted = messages.held(
                    account,
                    fields -> fields.source().equals(source)
                            && fields.destination().equals(destination)
                            && (serviceType.isEmpty() || fields.serviceType().equals(serviceType)));
        } else {
            HeldMessage first = messages.held(id, account);
            if (first == null) {
                return unheld(id, account, CommandStatus.CANCEL_FAILED);
            }
            if (!first.fields().source().equals(source)) {
                return CommandStatus.CANCEL_FAILED;
            }
            wanted = messages.sharing(first).stream()
                    .filter(each -> destination.value().isEmpty()
                            || each.fields().destination().equals(destination))
                    .toList();
        }
        long cancelled = wanted.stream().filter(messages::cancel).count();
        smsc.counters().cancelled.add(cancelled);
        return cancelled > 0 ? CommandStatus.OK : CommandStatus.CANCEL_FAILED;
    }

    private int replace(Account account, OctetReader in) {
        String id = in.cString(65);
        Address source = Address.read(in);
        String schedule = in.cString(17);
        String validity = in.cString(17);
        int registeredDelivery = in.u8();
        in.u8();
        byte[] text = in.octets(in.u8());
        HeldMessage held = messages.held(id, account);
        if (held == null) {
            return unheld(id, account, CommandStatus.REPLACE_FAILED);
        }
        Instant now = messages.now();
        int times = DeliveryTime.refusal(schedule, validity, now);
        if (times != CommandStatus.OK) {
            return times;
        }
        HeldMessage.Fields fields = held.fields();
        if (!fields.source().equals(source)) {
            return CommandStatus.REPLACE_FAILED;
        }
        DeliveryTime planned = planned(held, fields, SmppTime.read(schedule, now), SmppTime.read(validity, now), now);
        int registered = smsc.behaviour().receipts() ? registeredDelivery : 0;
        if (!messages.replace(held, text, registered, planned.state(), planned.due())) {
            return CommandStatus.REPLACE_FAILED;
        }
        smsc.counters().replaced.increment();
        return CommandStatus.OK;
    }

    /** Without new times, those it had stay. */
    private DeliveryTime planned(
            HeldMessage held,
            HeldMessage.Fields fields,
            @Nullable Instant schedule,
            @Nullable Instant validUntil,
            Instant now) {
        if (schedule == null && validUntil == null) {
            return new DeliveryTime(held.due(), held.state());
        }
        Duration delay = smsc.chance().draw(smsc.behaviour().receiptDelay());
        return DeliveryTime.within(
                schedule == null ? now : schedule,
                delay,
                validUntil,
                smsc.behaviour().receiptStateFor(fields.destination().value()));
    }

    /** One that has ended, or that nobody knows. */
    private int unheld(String id, Account account, int failed) {
        return messages.finished(id, account) == null ? CommandStatus.INVALID_MESSAGE_ID : failed;
    }
}
