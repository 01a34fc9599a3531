package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.SmppTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a message will end, and how: it is delivered when its schedule, if any, has come and it was held for the receipt delay;
 * it expires when its validity ends before.
 */
record DeliveryTime(Instant due, ReceiptState state) {
    /**
     * @param latency until the answer leaves, which no delivery overtakes
     * @param held how long it is held then
     */
    static DeliveryTime of(ReceivedMessage message, Behaviour behaviour, Duration latency, Duration held) {
        ReceiptState state = behaviour.receiptStateFor(message.destination());
        MessageBody body = message.body();
        Instant received = message.receivedAt();
        if (behaviour.receiptBeforeAnswer()) {
            return new DeliveryTime(received, state);
        }
        Instant scheduled = SmppTime.read(body.scheduleTime(), received);
        Instant answered = received.plus(latency);
        return within(
                scheduled != null && scheduled.isAfter(answered) ? scheduled : answered,
                held,
                SmppTime.read(body.validityPeriod(), received),
                state);
    }

    /**
     * The same for one that is changed while it is held.
     *
     * @param begin from when on it may be delivered
     * @param validUntil null = for ever
     */
    static DeliveryTime within(Instant begin, Duration delay, @Nullable Instant validUntil, ReceiptState state) {
        Instant due = begin.plus(delay);
        return validUntil != null && validUntil.isBefore(due)
                ? new DeliveryTime(validUntil.isBefore(begin) ? begin : validUntil, ReceiptState.EXPIRED)
                : new DeliveryTime(due, state);
    }

    /** What is wrong with the times of a submit, as {@code command_status}; 0 when nothing is. */
    static int refusal(MessageBody body, Clock clock) {
        if (body.scheduleTime().isEmpty() && body.validityPeriod().isEmpty()) {
            return CommandStatus.OK;
        }
        return refusal(body.scheduleTime(), body.validityPeriod(), clock.instant());
    }

    /** The same for times that stand alone. */
    static int refusal(String schedule, String validity, Instant now) {
        Instant scheduled;
        try {
            scheduled = SmppTime.read(schedule, now);
        } catch (MalformedPduException e) {
            return CommandStatus.INVALID_SCHEDULE;
        }
        try {
            Instant validUntil = SmppTime.read(validity, now);
            return scheduled != null && validUntil != null && validUntil.isBefore(scheduled)
                    ? CommandStatus.INVALID_EXPIRY
                    : CommandStatus.OK;
        } catch (MalformedPduException e) {
            return CommandStatus.INVALID_EXPIRY;
        }
    }
}
