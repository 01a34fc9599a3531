package io.smspipeline.router.routing;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.Failure;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.router.entry.Wishes;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of a message that nobody saw yet, told without doing it, by the very steps that routing takes: recipient, content,
 * validity, time, rules, quiet hours, who can be fed, who wants nothing. What came before it (ids, deduplication keys, caps) is
 * known to the router alone and left out. Immutable; safe for use by many threads.
 */
public final class Explaining {
    private final Decider decider;

    /** @param settings the table in them is not used */
    public Explaining(RoutingSettings settings) {
        this.decider = new Decider(settings);
    }

    /**
     * What is known of the world.
     *
     * @param view who can be fed
     * @param measured how well providers delivered of late
     * @param wishes who wants nothing from whom
     */
    public record World(ProviderView view, Measured measured, Wishes wishes) {
        /** Everybody is ready, and nobody opted out. */
        public static final World QUIET = new World(ProviderView.UNWATCHED, Measured.NOTHING, Wishes.NONE);
    }

    /**
     * What becomes of it.
     *
     * @param asked as an application publishes it; it stays as it is
     * @param now when it is decided
     */
    public Explanation explain(OutgoingMessage asked, RouteTable table, World world, Instant now) {
        OutgoingMessage message = OutgoingMessage.newBuilder(asked).build();
        Optional<Failure> refusal = decider.normalised(message).or(() -> Admission.unfit(message));
        if (refusal.isPresent()) {
            return Explanation.refused(refusal.get().getReason());
        }
        Explanation byTable = byTable(message, table, world, now);
        Decision decision = decider.decide(
                Decider.undecided(message, ReturnReason.UNSPECIFIED, now), table, world.view, world.measured, now);
        if (decision instanceof Decision.Carry carry) {
            return decider.unwanted(message, carry.choice(), world.wishes)
                    .map(unwanted -> byTable.rejectedFor(unwanted.getReason()))
                    .orElse(byTable);
        }
        if (decision instanceof Decision.Hold hold) {
            Instant due = Instant.ofEpochMilli(hold.due());
            // One that is not due is decided when it is.
            return (byTable.heldUntil() == null ? byTable(message, table, world, due) : byTable).held(due);
        }
        Failure failure =
                decision instanceof Decision.Expire expire ? expire.failure() : ((Decision.Refuse) decision).failure();
        return byTable.rejectedFor(failure.getReason());
    }

    private static Explanation byTable(OutgoingMessage message, RouteTable table, World world, Instant at) {
        return table.explain(message, new Circumstances(at, List.of(), world.view, world.measured));
    }
}
