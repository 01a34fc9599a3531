package io.smspipeline.service.publish;

import java.time.Duration;

/**
 * How long and how many records may await Kafka's acknowledgement.
 *
 * @param timeout after which a record counts as not published, 1 s to 10 min; {@code kafka.delivery.timeout.ms} wins over it
 * @param unacknowledged records that may await it at once, at least 1; one more fails at once
 */
public record PublishLimits(Duration timeout, int unacknowledged) {
    /**
     * For a receiver: an SMSC waits some 5 to 10 s for its {@code deliver_sm_resp}, so 4 s leave time to say no. Ten SMPP accounts
     * that burst together fit.
     */
    public static final PublishLimits PROMPT = new PublishLimits(Duration.ofSeconds(4), 20_000);

    public PublishLimits {
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("the publisher's timeout is " + timeout
                    + ": below a second a broker's hiccup looks like an outage, above ten minutes nobody waits."
                    + " Set one in between.");
        }
        if (unacknowledged < 1) {
            throw new IllegalArgumentException("the publisher may have " + unacknowledged
                    + " unacknowledged records: with none it can publish nothing. Set 1 or more.");
        }
    }
}
