package io.smspipeline.router.routing;

import io.smspipeline.record.Asked;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.router.entry.Wishes;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import io.smspipeline.schemas.address.Msisdn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides a message that may be carried: expired? due? by whom? Plain Java without state; safe for use by many threads.
 */
final class Decider {
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final RoutingSettings settings;

    Decider(RoutingSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads the recipient of a message, and writes it as a number in E.164 where it is one.
     *
     * @return why it is none; empty when it is
     */
    Optional<Failure> normalised(OutgoingMessage message) {
        Msisdn.Parsed parsed = settings.entry().recipients().read(message.getTo(), message.getTenant());
        if (parsed instanceof Msisdn.Valid valid) {
            message.setTo(valid.msisdn().value());
            return Optional.empty();
        }
        String reason = ((Msisdn.Invalid) parsed).reason();
        return Optional.of(new Failure(FailureCode.INVALID_RECIPIENT, "to: " + reason, null, null, true));
    }

    /** Why its recipient wants nothing of a message that is decided; empty when it may go. */
    Optional<Failure> unwanted(OutgoingMessage message, Choice.Carried choice, Wishes wishes) {
        String from = message.getFrom() == null ? settings.entry().senders().get(choice.provider()) : message.getFrom();
        return wishes.refusal(message.getTo(), from);
    }

    /** A message of which nothing is known yet. */
    static ReturnedMessage undecided(OutgoingMessage message, ReturnReason reason, Instant now) {
        return new ReturnedMessage(message, null, reason, List.of(), 0, null, null, now);
    }

    /**
     * Decides. A message that does not say how long it is valid, or says too long, is given its {@code validUntil}, so that
     * every later hop keeps the same deadline. One that is carried is changed to what its rule says.
     *
     * @param undecided what came, came back, or waited; its recipient is normalised
     * @param table one version of it, for the whole of this decision
     * @param view who can be fed
     */
    Decision decide(ReturnedMessage undecided, RouteTable table, ProviderView view, Measured measured, Instant now) {
        OutgoingMessage message = undecided.getMessage();
        Overrides.undo(message, undecided.getAsked());
        undecided.setAsked(null);
        Instant due = later(later(now, message.getSendAt()), undecided.getNotBefore());
        Instant validUntil = validUntil(message, later(now, message.getSendAt()));
        message.setValidUntil(validUntil);
        if (!now.isBefore(validUntil)) {
            return new Decision.Expire(expired("it was valid until " + validUntil + ", which has passed"));
        }
        if (due.isAfter(now)) {
            return held(due, due.equals(message.getSendAt()) && undecided.getAttempt() == 0, validUntil);
        }
        Choice choice = table.choose(message, new Circumstances(now, undecided.getTried(), view, measured));
        if (choice instanceof Choice.Uncarried uncarried) {
            return new Decision.Refuse(uncarried.failure());
        }
        if (choice instanceof Choice.Quiet quiet) {
            return held(quiet.until(), undecided.getAttempt() == 0, validUntil);
        }
        Choice.Carried carried = (Choice.Carried) choice;
        Failure refused = undecided.getFailure();
        boolean again = undecided.getTried().contains(carried.provider());
        if (again && undecided.getReason() == ReturnReason.REFUSED_HERE && refused != null) {
            // Whoever could carry it had it already and the last of them refused it for good, or the others are away.
            return undecided.getTried().containsAll(carried.alternatives())
                    ? new Decision.Refuse(refused)
                    : pause(undecided, validUntil, now);
        }
        if (again && !carried.alternatives().isEmpty() && !view.takes(carried.provider())) {
            // Nobody can have it: it would go round among those who are away.
            return pause(undecided, validUntil, now);
        }
        Asked asked = carried.set().apply(message, now);
        return new Decision.Carry(carried, asked);
    }

    private static Decision held(Instant due, boolean told, Instant validUntil) {
        return due.isBefore(validUntil)
                ? new Decision.Hold(due.toEpochMilli(), told)
                : new Decision.Expire(
                        expired("it must not be sent before " + due + " and is valid until " + validUntil + " only"));
    }

    /** Longer the longer it is back already. */
    private static Decision pause(ReturnedMessage undecided, Instant validUntil, Instant now) {
        Duration back = Duration.between(undecided.getAt(), now).dividedBy(2);
        Duration pause = back.compareTo(SHORTEST_PAUSE) < 0
                ? SHORTEST_PAUSE
                : back.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : back;
        Instant due = now.plus(pause);
        return new Decision.Hold((due.isBefore(validUntil) ? due : validUntil).toEpochMilli(), false);
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
