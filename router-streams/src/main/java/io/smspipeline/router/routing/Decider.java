package io.smspipeline.router.routing;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides a message that may be carried: expired? due? by whom? Plain Java without state; safe for use by many threads.
 */
final class Decider {
    private final RoutingSettings settings;

    Decider(RoutingSettings settings) {
        this.settings = settings;
    }

    /**
     * Decides. A message that does not say how long it is valid, or says too long, is given its {@code validUntil}, so that
     * every later hop keeps the same deadline.
     *
     * @param undecided what came, came back, or waited; its recipient is normalised
     */
    Decision decide(ReturnedMessage undecided, Instant now) {
        OutgoingMessage message = undecided.getMessage();
        Instant due = later(later(now, message.getSendAt()), undecided.getNotBefore());
        Instant validUntil = validUntil(message, later(now, message.getSendAt()));
        message.setValidUntil(validUntil);
        if (!now.isBefore(validUntil)) {
            return new Decision.Expire(expired("it was valid until " + validUntil + ", which has passed"));
        }
        if (due.isAfter(now)) {
            return due.isBefore(validUntil)
                    ? new Decision.Hold(
                            due.toEpochMilli(), due.equals(message.getSendAt()) && undecided.getAttempt() == 0)
                    : new Decision.Expire(expired(
                            "it must not be sent before " + due + " and is valid until " + validUntil + " only"));
        }
        Choice choice = settings.table().choose(message, undecided.getTried());
        if (choice instanceof Choice.Uncarried uncarried) {
            return new Decision.Refuse(uncarried.failure());
        }
        Choice.Carried carried = (Choice.Carried) choice;
        Failure refused = undecided.getFailure();
        if (undecided.getReason() == ReturnReason.REFUSED_HERE
                && refused != null
                && undecided.getTried().contains(carried.provider())) {
            // Whoever could carry it had it already, and the last of them refused it for good.
            return new Decision.Refuse(refused);
        }
        return new Decision.Carry(carried);
    }

    private Instant validUntil(OutgoingMessage message, Instant from) {
        Instant longest = from.plus(settings.longest());
        Instant asked = message.getValidUntil();
        if (asked == null) {
            return from.plus(settings.validity());
        }
        return asked.isAfter(longest) ? longest : asked;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other == null || one.isAfter(other) ? one : other;
    }

    private static Failure expired(String reason) {
        return new Failure(FailureCode.EXPIRED, reason, null, null, true);
    }
}
