package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/**
 * A delivery whose octets are settled: a text from a handset, or what a journal kept.
 *
 * @param receipted id of the message it is a receipt for; null for a message from a handset
 */
record WrittenDelivery(
        long debt, int index, MessageBody body, @Nullable String receipted) implements Delivery {
    @Override
    public @Nullable Session origin() {
        return null;
    }
}
