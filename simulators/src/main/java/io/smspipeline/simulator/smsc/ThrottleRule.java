package io.smspipeline.simulator.smsc;

/** How an SMSC counts the submits of a second. */
public enum ThrottleRule {
    /** Never more than the rate in any second, wherever it begins. */
    SLIDING_SECOND,
    /** As many at once as the rate says after a second of silence, and the rate from then on: up to twice the rate in a second. */
    TOKEN_BUCKET
}
