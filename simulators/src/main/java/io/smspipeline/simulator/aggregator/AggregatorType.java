package io.smspipeline.simulator.aggregator;

/** Whose API is simulated. */
public enum AggregatorType {
    TWILIO,
    /** Its SMS API. */
    VONAGE,
    /** Its Messages API. */
    VONAGE_MESSAGES,
    BULKSMS,
    /** Its platform. */
    CLICKATELL,
    /** Its HTTP API, before the platform. */
    CLICKATELL_HTTP
}
