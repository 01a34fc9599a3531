package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/** A deliver_sm to be brought to an ESME. */
interface Delivery {
    /** Number of what it is owed for: that of a message, or of a text from a handset. */
    long debt();

    /** Tells deliveries for one debt apart, 0 or more. */
    int index();

    /** The octets; the same at each call once it is due. */
    MessageBody body();

    /** Id of the message it is a receipt for; null for a message from a handset. */
    @Nullable
    String receipted();

    /** The session that should get it, when it can still receive; null for any. */
    @Nullable
    Session origin();

    /** The ESME took it. May be heard more than once. */
    default void taken() {}
}
