package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A deliver_sm to be brought to an ESME.
 *
 * @param receipted id of the message it is a receipt for; null for a message from a handset
 * @param origin the session that should get it, when it can still receive; null for any
 */
record Delivery(
        MessageBody body,
        @Nullable String receipted,
        @Nullable Session origin) {}
