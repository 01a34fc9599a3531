package io.smspipeline.provider;

import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A provider as configured: checked, and not yet opened. Immutable. Opening is what connects. */
public interface ConfiguredProvider {
    /** Its name in topics, rules and statuses. Unique in a configuration. */
    String alias();

    /** Its kind, such as {@code smpp}. */
    String type();

    /** Whether this replica has a connection of its own to it; a process without one leaves the provider to others. */
    default boolean servedBy(Replica replica) {
        return true;
    }

    /** How fast and how far ahead it may be fed by a process that is alone. */
    Pace pace();

    /**
     * How fast and how far ahead one of several processes may feed it: with the connections that are its own. The rate
     * stays that of the whole account.
     */
    default Pace pace(Replica replica) {
        return pace();
    }

    /** The sending side. Returns at once; the provider is up when it has connected. */
    Provider open(Wiring wiring);

    /**
     * What brings receipts and MO messages to the receiver. Empty when nothing comes back, or when the sending side's own
     * sessions carry it.
     */
    Optional<InboundSource> openInbound(Wiring wiring);

    /** The same, knowing where its callbacks may go unless its own settings say so. */
    default ConfiguredProvider calledBackAt(CallbackAddresses addresses) {
        return this;
    }

    /**
     * How what it sends by HTTP is read. Empty when it sends nothing so; then no address is offered for it.
     *
     * @param clock the time of day, for signatures that are valid for a while
     */
    default Optional<Webhooks> webhooks(Clock clock) {
        return Optional.empty();
    }
}
