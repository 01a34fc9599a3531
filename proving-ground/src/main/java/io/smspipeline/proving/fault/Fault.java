package io.smspipeline.proving.fault;

import java.time.Duration;

/**
 * One thing that is done to a run.
 *
 * @param at from the start of the traffic
 * @param kind what
 * @param which to which of several equals, counted from 0; taken modulo their number
 */
public record Fault(Duration at, Kind kind, int which) {
    /** What can be done. */
    public enum Kind {
        /** {@code kill -9} and, at once, a start. */
        SENDER_KILLED,
        /** SIGTERM, its end, and a start: a rolling restart. */
        SENDER_ENDED,
        /** SIGSTOP for longer than its place in the group is kept, then SIGCONT. */
        SENDER_FROZEN,
        /** {@code kill -9} and a start. */
        ROUTER_KILLED,
        /** {@code kill -9}, its state directory deleted, and a start. */
        ROUTER_ROBBED,
        /** {@code kill -9} and a start. */
        RECEIVER_KILLED,
        /** {@code kill -9}, three seconds without it, and a start. */
        BROKER_KILLED,
        /** Ended in order, and started again. */
        BROKER_ENDED,
        /** Every connection to the SMSC is cut. */
        LINES_CUT,
        /** Each block of octets to and from the SMSC takes 200 ms longer, for five seconds. */
        LINES_SLOW
    }

    @Override
    public String toString() {
        return "%3d s %s %d".formatted(at.toSeconds(), kind, which);
    }
}
