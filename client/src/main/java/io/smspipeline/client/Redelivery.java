package io.smspipeline.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When an event whose handler failed comes again. After the last wait and one more failure it is set aside in
 * {@code sms.dead-letter}.
 *
 * @param waits before the second try, the third, and so on; none at all sets an event aside at its first failure
 */
public record Redelivery(List<Duration> waits) {
    /** After 1 s, 5 s, 30 s, 1 min and 2 min. */
    public static final Redelivery DEFAULT = new Redelivery(List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2)));

    /** Checks the waits. */
    public Redelivery {
        waits = List.copyOf(waits);
        for (Duration wait : waits) {
            if (wait.isNegative()) {
                throw new IllegalArgumentException(
                        "a wait before redelivery is " + wait + ": it must be zero or longer.");
            }
        }
    }

    /** Waits of one's own. */
    public static Redelivery after(Duration... waits) {
        return new Redelivery(List.of(waits));
    }

    /** How often an event is tried in all. */
    public int tries() {
        return waits.size() + 1;
    }

    /** How long to wait after so many failures; empty when that was the last try. */
    Optional<Duration> after(int failures) {
        return failures > waits.size() ? Optional.empty() : Optional.of(waits.get(failures - 1));
    }
}
