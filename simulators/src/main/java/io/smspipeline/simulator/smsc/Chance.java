package io.smspipeline.simulator.smsc;

import java.time.Duration;
import java.util.Map;
import java.util.Random;

/** What chance decides, all from one seed. Safe for use by many threads. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** True in this share of cases, 0 to 1. */
    boolean happens(double share) {
        return share > 0 && random.nextDouble() < share;
    }

    Duration draw(Delay delay) {
        return delay.draw(random);
    }

    /** How long this time, when a share of them is late. */
    Duration draw(Delay usual, Late late) {
        return happens(late.share()) ? late.after() : usual.draw(random);
    }

    /** One of the keys, each as likely as its value is great; at least one value is positive. */
    int pick(Map<Integer, Integer> weights) {
        int left = random.nextInt(
                weights.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<Integer, Integer> each : weights.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw new IllegalStateException("no weight in " + weights);
    }

    Random random() {
        return random;
    }
}
