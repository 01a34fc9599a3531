package io.smspipeline.simulator.aggregator;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated aggregator is started with. Immutable.
 *
 * @param port of the API; 0 takes a free one
 * @param httpPort where it is looked at and moved; 0 takes a free one, less than 0: nowhere
 * @param account who may use it: account SID, API key or token id; empty: anybody. Clickatell has none
 * @param secret their token, secret or key; what Twilio signs with
 * @param callback where what comes back goes: {@code /status} and {@code /im} below it; null: nowhere, but for messages that
 *     name an address of their own
 * @param signatureSecret what Vonage signs with; empty: it does not sign
 * @param signatureMethod how: {@code md5hash}, {@code md5hmac}, {@code sha1hmac}, {@code sha256hmac} or {@code sha512hmac}
 * @param transport how Vonage calls back
 * @param timeScale what the waits of the retry schedule are divided by; more than 0
 * @param seed of what chance decides
 * @param behaviour at the start
 */
public record AggregatorSettings(
        AggregatorType type,
        int port,
        int httpPort,
        String account,
        String secret,
        @Nullable URI callback,
        String signatureSecret,
        String signatureMethod,
        CallbackTransport transport,
        double timeScale,
        long seed,
        AggregatorBehaviour behaviour) {
    /** How what comes back is written. */
    public enum CallbackTransport {
        GET,
        FORM,
        JSON
    }

    /** Checks the ranges. */
    public AggregatorSettings {
        if (!(timeScale > 0)) {
            throw new IllegalArgumentException("the time scale is " + timeScale
                    + ": waits are divided by it. Set 1 for the provider's own schedule, more for a faster one.");
        }
        if (!signatureMethod.matches("md5hash|(md5|sha1|sha256|sha512)hmac")) {
            throw new IllegalArgumentException("the signature method is '" + signatureMethod
                    + "': set md5hash, md5hmac, sha1hmac, sha256hmac or sha512hmac.");
        }
    }

    /** A prompt one on free ports that takes {@code account} and {@code secret} alone, and calls nobody back. */
    public static AggregatorSettings forTests(AggregatorType type, String account, String secret) {
        return new AggregatorSettings(
                type,
                0,
                -1,
                account,
                secret,
                null,
                "",
                "md5hash",
                CallbackTransport.FORM,
                1,
                1,
                AggregatorBehaviour.PROMPT);
    }

    /** The same on this port. */
    public AggregatorSettings withPort(int other) {
        return new AggregatorSettings(
                type,
                other,
                httpPort,
                account,
                secret,
                callback,
                signatureSecret,
                signatureMethod,
                transport,
                timeScale,
                seed,
                behaviour);
    }

    /** The same, looked at on this port. */
    public AggregatorSettings withHttpPort(int other) {
        return new AggregatorSettings(
                type,
                port,
                other,
                account,
                secret,
                callback,
                signatureSecret,
                signatureMethod,
                transport,
                timeScale,
                seed,
                behaviour);
    }

    /** The same, calling back there. @param scale as {@link #timeScale()} */
    public AggregatorSettings withCallback(@Nullable URI where, double scale) {
        return new AggregatorSettings(
                type,
                port,
                httpPort,
                account,
                secret,
                where,
                signatureSecret,
                signatureMethod,
                transport,
                scale,
                seed,
                behaviour);
    }

    /** The same, signing like this. */
    public AggregatorSettings withSignature(String method, String key) {
        return new AggregatorSettings(
                type,
                port,
                httpPort,
                account,
                secret,
                callback,
                key,
                method.toLowerCase(Locale.ROOT),
                transport,
                timeScale,
                seed,
                behaviour);
    }

    /** The same, writing callbacks like this. */
    public AggregatorSettings withTransport(CallbackTransport other) {
        return new AggregatorSettings(
                type,
                port,
                httpPort,
                account,
                secret,
                callback,
                signatureSecret,
                signatureMethod,
                other,
                timeScale,
                seed,
                behaviour);
    }

    /** The same, behaving like this at the start. */
    public AggregatorSettings withBehaviour(AggregatorBehaviour other) {
        return new AggregatorSettings(
                type,
                port,
                httpPort,
                account,
                secret,
                callback,
                signatureSecret,
                signatureMethod,
                transport,
                timeScale,
                seed,
                other);
    }
}
