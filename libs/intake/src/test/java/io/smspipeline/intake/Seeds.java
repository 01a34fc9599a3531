package io.smspipeline.intake;

import java.util.Random;

/** Randomness that can be repeated: the seed is printed, and {@code -Dseed=} sets it. */
final class Seeds {
    private Seeds() {}

    static Random random(String test) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println(test + " seed=" + seed);
        return new Random(seed);
    }
}
