package io.smspipeline.simulator.aggregator;

/** Whose API is simulated. */
public enum AggregatorType {
    TWILIO,
    VONAGE,
    BULKSMS,
    CLICKATELL
}
