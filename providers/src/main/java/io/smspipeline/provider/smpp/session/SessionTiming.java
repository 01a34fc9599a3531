package io.smspipeline.provider.smpp.session;

import java.time.Duration;

/**
 * How long a session waits.
 *
 * @param response for the answer to any request, the bind included
 * @param enquireLink of silence before the link is probed
 */
public record SessionTiming(Duration response, Duration enquireLink) {
    /**
     * For the answer to a probe: short enough that a peer that went mute is noticed within two intervals of silence, whatever
     * the response timeout.
     */
    Duration probe() {
        Duration most = enquireLink.multipliedBy(3).dividedBy(4);
        return response.compareTo(most) < 0 ? response : most;
    }

    /** How often a session must be looked after for its limits to be kept. */
    public Duration tick() {
        Duration shorter = response.compareTo(enquireLink) < 0 ? response : enquireLink;
        Duration tick = shorter.dividedBy(10);
        Duration least = Duration.ofMillis(10);
        Duration most = Duration.ofMillis(500);
        return tick.compareTo(least) < 0 ? least : tick.compareTo(most) > 0 ? most : tick;
    }
}
