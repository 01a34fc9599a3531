package io.smspipeline.client;

import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;

/** What {@link SmsPublisher#send} waits for. A message that ends otherwise fails it. */
public enum Until {
    /** A provider took it. */
    ACCEPTED,
    /** The handset has it; or a provider took it and nothing further will be known, as when no receipt was asked for. */
    DELIVERED;

    /** True when this is what was waited for. */
    boolean isReachedBy(MessageStatus status) {
        MessageState state = status.getState();
        return state == MessageState.DELIVERED
                || (state == MessageState.ACCEPTED && (this == ACCEPTED || status.getFinal$()));
    }
}
