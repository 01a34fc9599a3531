package io.smspipeline.quickstart.pipeline;

/**
 * Where the parts of a local pipeline listen on 127.0.0.1; 0 takes a free port.
 *
 * @param broker Kafka
 * @param registry schema registry
 * @param smsc simulated SMSC
 * @param smscHttp its figures and controls
 * @param webhooks what providers send by HTTP
 * @param health health and metrics
 */
public record Ports(int broker, int registry, int smsc, int smscHttp, int webhooks, int health) {
    /** Where people expect them. */
    public static final Ports USUAL = new Ports(9092, 8081, 2775, 2776, 8085, 8088);

    /** Wherever there is room. */
    public static final Ports FREE = new Ports(0, 0, 0, 0, 0, 0);

    /** How many ports a base reserves: broker, registry, SMSC, its HTTP, webhooks, API, health. */
    public static final int RESERVED = 7;

    /** One after the other; the sixth is kept for the HTTP API. */
    public static Ports from(int base) {
        if (base < 1 || base > 65_535 - RESERVED + 1) {
            throw new IllegalArgumentException("--port-base is " + base + ": " + RESERVED
                    + " ports from there must exist. Set 1 to " + (65_535 - RESERVED + 1) + ".");
        }
        return new Ports(base, base + 1, base + 2, base + 3, base + 4, base + 6);
    }
}
