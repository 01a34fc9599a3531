package io.smspipeline.router.provider;

import io.smspipeline.record.BreakerState;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Who could be fed at one instant. Immutable; safe for use by many threads.
 *
 * <p>An alias is ready while some sender process said within the last seconds that it is up, and no operator stopped it. When
 * no process ever said anything, nobody watches and every alias is taken for ready: a router alone still routes.
 */
public final class ProviderView {
    /** Of what nobody said anything: everybody is ready. */
    public static final ProviderView UNWATCHED = new ProviderView(false, Map.of(), Map.of(), Set.of());

    private final boolean watched;
    private final Map<String, Standing> standings;
    private final Map<String, ControlMode> modes;
    private final Set<String> supposedDown;

    /** Whether an alias should have a message, the best first. */
    public enum Readiness {
        /** It takes messages. */
        READY,
        /** It takes messages, but came back a moment ago, and this recipient is not among those it has again yet. */
        RETURNING,
        /** It takes messages, and too much of what it took of late failed: nobody's while another takes them, but for a trial. */
        FAILING,
        /** Nobody says that it takes messages, or an operator paused it: what it is given waits for it. */
        AWAY,
        /** An operator wants it emptied. */
        DRAINED
    }

    /**
     * What the processes that serve one alias say together.
     *
     * @param up whether one of them can feed it
     * @param throttled whether one of them was refused for the rate lately
     * @param rate parts a second all of them may submit; 0 when nothing limits one of them
     * @param waiting submissions in their hands
     * @param share of the recipients it has, 0 to 1: less than 1 for a while after it came back, and when it is tried
     * @param failing whether it is passed over, or tried, since too much failed
     */
    public record Standing(boolean up, boolean throttled, double rate, long waiting, double share, boolean failing) {
        static final Standing UNHEARD = new Standing(false, false, 0, 0, 0, false);

        /** Of the recipients of one that is tried: enough to see, and few enough to bear. */
        private static final double TRIAL = 0.05;
    }

    private ProviderView(
            boolean watched,
            Map<String, Standing> standings,
            Map<String, ControlMode> modes,
            Set<String> supposedDown) {
        this.watched = watched;
        this.standings = Map.copyOf(standings);
        this.modes = Map.copyOf(modes);
        this.supposedDown = Set.copyOf(supposedDown);
    }

    /**
     * What follows from all that was said.
     *
     * @param said the last word of each process about each alias
     * @param modes what operators want, by alias
     * @param times how long a word counts
     */
    public static ProviderView of(
            Collection<ProviderState> said, Map<String, ControlMode> modes, Times times, Instant now) {
        Map<String, Standing> standings = new HashMap<>();
        for (ProviderState state : said) {
            if (now.isBefore(state.getAt().plus(times.silence()))) {
                standings.merge(state.getAlias(), standing(state, times.comeback(), now), ProviderView::together);
            }
        }
        return new ProviderView(!said.isEmpty(), standings, modes, Set.of());
    }

    /** As if these were down, and everybody else as here. */
    public ProviderView without(Set<String> aliases) {
        return new ProviderView(watched, standings, modes, aliases);
    }

    /**
     * How long words count.
     *
     * @param silence after which a process that says nothing is taken for dead
     * @param comeback over which a provider that was away gets its recipients again
     */
    public record Times(Duration silence, Duration comeback) {
        /** A process speaks every second; what it has not handed over is to be with somebody else within five. */
        public static final Times DEFAULT = new Times(Duration.ofSeconds(4), Duration.ofSeconds(20));
    }

    private static Standing standing(ProviderState state, Duration comeback, Instant now) {
        if (!state.getUp()) {
            return Standing.UNHEARD;
        }
        boolean failing = state.getBreaker() != BreakerState.CLOSED;
        return new Standing(
                true,
                state.getThrottled(),
                state.getRate(),
                state.getWaiting(),
                failing ? state.getBreaker() == BreakerState.TRIAL ? Standing.TRIAL : 0 : share(state, comeback, now),
                failing);
    }

    private static double share(ProviderState state, Duration comeback, Instant now) {
        long back = Duration.between(state.getSince(), now).toMillis();
        return state.getRecovered() && back < comeback.toMillis()
                ? Math.max(0, back) / (double) comeback.toMillis()
                : 1;
    }

    private static Standing together(Standing one, Standing other) {
        if (!one.up || !other.up) {
            return one.up ? one : other;
        }
        return new Standing(
                true,
                one.throttled || other.throttled,
                one.rate == 0 || other.rate == 0 ? 0 : one.rate + other.rate,
                one.waiting + other.waiting,
                Math.max(one.share, other.share),
                one.failing && other.failing);
    }

    /** Whether the alias should have a message to this recipient, which decides the same way until something changes. */
    public Readiness readiness(String alias, String recipient) {
        ControlMode mode = mode(alias);
        if (mode == ControlMode.DRAIN) {
            return Readiness.DRAINED;
        }
        if (mode == ControlMode.PAUSE) {
            return Readiness.AWAY;
        }
        if (supposedDown.contains(alias)) {
            return Readiness.AWAY;
        }
        if (!watched) {
            return Readiness.READY;
        }
        Standing standing = standing(alias);
        if (!standing.up) {
            return Readiness.AWAY;
        }
        if (standing.share >= 1 || place(alias, recipient) < standing.share) {
            return Readiness.READY;
        }
        return standing.failing ? Readiness.FAILING : Readiness.RETURNING;
    }

    /** Whether it takes messages now, from whomever. */
    public boolean takes(String alias) {
        return mode(alias) == ControlMode.RUN && !supposedDown.contains(alias) && (!watched || standing(alias).up);
    }

    /** What its processes say together; that of an alias nobody speaks of says that it is not up. */
    public Standing standing(String alias) {
        return standings.getOrDefault(alias, Standing.UNHEARD);
    }

    /** What operators want. */
    public ControlMode mode(String alias) {
        return modes.getOrDefault(alias, ControlMode.RUN);
    }

    /** FNV-1a, mixed; in [0, 1). A recipient that is back stays back while the share grows. */
    private static double place(String alias, String recipient) {
        long hash = 0xcbf29ce484222325L;
        for (byte octet : (alias + '|' + recipient).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        return (hash >>> 11) * 0x1.0p-53;
    }
}
