package io.smspipeline.sender.pacing;

/**
 * Which part of an account one of several processes serves. Less applies at once; more applies a second later, when who had
 * it has certainly stopped. A value.
 *
 * @param used what applies, 0 to 1
 * @param coming what will apply, at least {@code used}
 * @param since when it was told, nanoseconds of a monotonic clock
 */
record Share(double used, double coming, long since) {
    /** Of a process that has nothing yet. */
    static Share none(long now) {
        return new Share(0, 0, now);
    }

    /** Told that it is {@code share} from now on. */
    Share told(double share, long now) {
        return share == coming ? this : new Share(Math.min(used, share), share, now);
    }

    /** What is left of it once what was coming has come. */
    Share settled(long now) {
        return coming > used && now - since >= Spacing.SECOND ? new Share(coming, coming, since) : this;
    }
}
