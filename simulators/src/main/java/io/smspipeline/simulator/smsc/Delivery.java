package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A deliver_sm to be brought to an ESME.
 *
 * @param debt number of what it is owed for: that of a message, or of a text from a handset
 * @param index tells deliveries for one debt apart, 0 or more
 * @param receipted id of the message it is a receipt for; null for a message from a handset
 * @param origin the session that should get it, when it can still receive; null for any
 */
record Delivery(
        long debt,
        int index,
        MessageBody body,
        @Nullable String receipted,
        @Nullable Session origin) {}
