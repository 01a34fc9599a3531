package io.smspipeline.client;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ids for messages: UUIDs of version 7 (RFC 9562 5.7), which sort by the time they were made. Those of one generator
 * increase strictly, even within a millisecond and when the clock is set back. Safe for use by many threads.
 */
public final class MessageIds {
    private static final int COUNTER_BITS = 12;

    private final Clock clock;
    private final RandomGenerator random;
    private long lastTick = -1;

    /** Random bits from the system's secure source. */
    public MessageIds(Clock clock) {
        this(clock, new SecureRandom());
    }

    MessageIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** The next id: 36 characters in lower case. */
    public String next() {
        long tick = nextTick();
        long millis = tick >>> COUNTER_BITS;
        long high = millis << 16 | 0x7000 | tick & (1 << COUNTER_BITS) - 1;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** Milliseconds and, below them, a counter that starts anew each millisecond and borrows from the next when it is full. */
    private synchronized long nextTick() {
        lastTick = Math.max(clock.millis() << COUNTER_BITS, lastTick + 1);
        return lastTick;
    }
}
