package io.smspipeline.provider;

import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to handsets: the binds to an SMSC, or an account at an HTTP aggregator.
 *
 * <p>{@link #plan}, {@link #reserve}, {@link Slot#submit} and {@link #flush} are called by one thread, and none of them
 * blocks. Everything else is safe for use by many threads. Outcomes complete on threads of the provider's own; what is
 * attached to them must be short.
 */
public interface Provider extends AutoCloseable {
    /** Its name in topics, rules and statuses. */
    String alias();

    /** Whether anything can be handed over now. */
    Availability availability();

    /**
     * Called whenever a slot became free or {@link #availability()} changed. The listener must be short and must not call
     * back. There is one listener; a second call replaces the first.
     */
    void onChange(Runnable listener);

    /** True when an accepted submission that asked for a receipt will get one. */
    boolean givesReceipts();

    /** What has to be submitted for this message, or why it cannot be. Pure: the same message gives the same plan. */
    Plan plan(OutgoingMessage message);

    /**
     * Room for this submission on one of the provider's connections; null when there is none now. Submissions of one
     * message are offered in order and go over the same connection. A slot must be used or released.
     */
    @Nullable
    Slot reserve(Submission submission);

    /** What can be done about messages it took earlier and still holds; empty when it offers nothing of the kind. */
    default Optional<HeldMessages> held() {
        return Optional.empty();
    }

    /** Ends a burst: what was submitted and not yet written goes out. */
    void flush();

    /**
     * Stops taking, waits at most {@code patience} for answers under way, says goodbye, closes. What is unanswered then
     * completes as {@link SendOutcome.Uncertain}.
     */
    void close(Duration patience);

    /** Closes with the provider's own patience. */
    @Override
    void close();
}
