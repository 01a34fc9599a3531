package io.smspipeline.provider;

import java.time.Instant;

/**
 * Whether a provider can be fed.
 *
 * @param up true when at least one connection takes submissions
 * @param reason one sentence for a person; says what is wrong when it is down
 * @param since when it became so
 */
public record Availability(boolean up, String reason, Instant since) {}
