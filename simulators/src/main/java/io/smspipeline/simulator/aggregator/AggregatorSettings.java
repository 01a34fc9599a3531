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
 * @param callbacks how it calls back
 * @param behaviour at the start
 */
public record AggregatorSettings(
        AggregatorType type,
        int port,
        int httpPort,
        String account,
        String secret,
        Callbacks callbacks,
        AggregatorBehaviour behaviour) {

    /** How what comes back is written. */
    public enum CallbackTransport {
        GET,
        FORM,
        JSON
    }

    /**
     * Where and how it calls back. Immutable.
     *
     * @param where what comes back goes: {@code /status} and {@code /im} below it; null: nowhere, but for messages that name an
     *     address of their own
     * @param timeScale what the waits of the retry schedule are divided by; more than 0
     * @param signatureMethod how Vonage signs: {@code md5hash}, {@code md5hmac}, {@code sha1hmac}, {@code sha256hmac} or
     *     {@code sha512hmac}
     * @param signatureSecret with what; empty: it does not sign
     * @param transport how Vonage calls back
     */
    public record Callbacks(
            @Nullable URI where,
            double timeScale,
            String signatureMethod,
            String signatureSecret,
            CallbackTransport transport) {

        /** Checks the ranges. */
        public Callbacks {
            if (!(timeScale > 0)) {
                throw new IllegalArgumentException("the time scale is " + timeScale
                        + ": waits are divided by it. Set 1 for the provider's own schedule, more for a faster one.");
            }
            if (!signatureMethod.matches("md5hash|(md5|sha1|sha256|sha512)hmac")) {
                throw new IllegalArgumentException("the signature method is '" + signatureMethod
                        + "': set md5hash, md5hmac, sha1hmac, sha256hmac or sha512hmac.");
            }
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
                new Callbacks(null, 1, "md5hash", "", CallbackTransport.FORM),
                AggregatorBehaviour.PROMPT);
    }

    /** The same on this port. */
    public AggregatorSettings withPort(int other) {
        return new AggregatorSettings(type, other, httpPort, account, secret, callbacks, behaviour);
    }

    /** The same, looked at on this port. */
    public AggregatorSettings withHttpPort(int other) {
        return new AggregatorSettings(type, port, other, account, secret, callbacks, behaviour);
    }

    /** The same, calling back there. @param scale as {@link Callbacks#timeScale()} */
    public AggregatorSettings withCallback(@Nullable URI where, double scale) {
        return with(new Callbacks(
                where, scale, callbacks.signatureMethod(), callbacks.signatureSecret(), callbacks.transport()));
    }

    /** The same, signing like this. */
    public AggregatorSettings withSignature(String method, String key) {
        return with(new Callbacks(
                callbacks.where(), callbacks.timeScale(), method.toLowerCase(Locale.ROOT), key, callbacks.transport()));
    }

    /** The same, writing callbacks like this. */
    public AggregatorSettings withTransport(CallbackTransport other) {
        return with(new Callbacks(
                callbacks.where(),
                callbacks.timeScale(),
                callbacks.signatureMethod(),
                callbacks.signatureSecret(),
                other));
    }

    private AggregatorSettings with(Callbacks other) {
        return new AggregatorSettings(type, port, httpPort, account, secret, other, behaviour);
    }

    /** The same, behaving like this at the start. */
    public AggregatorSettings withBehaviour(AggregatorBehaviour other) {
        return new AggregatorSettings(type, port, httpPort, account, secret, callbacks, other);
    }
}
