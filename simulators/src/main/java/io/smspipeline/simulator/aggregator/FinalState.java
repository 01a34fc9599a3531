package io.smspipeline.simulator.aggregator;

/** How messages end. */
public enum FinalState {
    DELIVERED,
    UNDELIVERED,
    EXPIRED,
    BLOCKED
}
