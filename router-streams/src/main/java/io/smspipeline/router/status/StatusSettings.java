package io.smspipeline.router.status;

import io.smspipeline.settings.Section;
import java.time.Duration;

/**
 * How long is waited.
 *
 * @param receiptTimeout after which a message that was accepted, or may have been, and of which nothing more is heard, is
 *     UNKNOWN
 * @param grace how long a message is remembered after its final state, so that repeats are recognised and a late word of a
 *     provider can correct what was our guess
 * @param parkedFor how long a receipt waits for the acceptance it belongs to
 * @param silence after which a message of which nobody said that it was submitted is UNKNOWN: it lay in the topic of a
 *     provider that no longer exists. Longer than any message is valid
 * @param ask who is asked when receipts are late
 */
public record StatusSettings(
        Duration receiptTimeout, Duration grace, Duration parkedFor, Duration silence, InquirySettings ask) {
    /** Of those who ask nobody. */
    public StatusSettings(Duration receiptTimeout, Duration grace, Duration parkedFor, Duration silence) {
        this(receiptTimeout, grace, parkedFor, silence, InquirySettings.NONE);
    }

    /** Unless configured otherwise. */
    public static final StatusSettings DEFAULT = new StatusSettings(
            Duration.ofHours(72), Duration.ofHours(24), Duration.ofHours(72), Duration.ofDays(8), InquirySettings.NONE);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(365);

    /** Reads {@code receipt-timeout} and {@code status}. Faults are recorded in the settings. */
    public static StatusSettings read(Section root) {
        Section status = root.section("status");
        return new StatusSettings(
                root.duration("receipt-timeout").between(LEAST, MOST).orElse(DEFAULT.receiptTimeout),
                status.duration("grace").between(LEAST, MOST).orElse(DEFAULT.grace),
                status.duration("unmatched-after").between(LEAST, MOST).orElse(DEFAULT.parkedFor),
                status.duration("silence").between(LEAST, MOST).orElse(DEFAULT.silence),
                InquirySettings.read(status));
    }

    /** The shortest time anything is kept, in milliseconds. */
    long shortest() {
        return Math.min(
                Math.min(receiptTimeout.toMillis(), grace.toMillis()),
                Math.min(parkedFor.toMillis(), silence.toMillis()));
    }
}
