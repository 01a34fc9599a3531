package io.smspipeline.provider.smpp.session;

/** What a session tells its owner, mostly on the thread that reads the socket: what it does must be short. */
public interface SessionListener {
    /** The SMSC sent something; {@link AsyncSession#answer} must follow, now or later, from any thread. */
    void delivered(AsyncSession session, Delivery delivery);

    /** Some requests were settled: told once for all answers that were read together. */
    void settled(AsyncSession session);

    /** It is over, for whatever reason; every request has been settled before. Told once. */
    void ended(AsyncSession session, String why);
}
