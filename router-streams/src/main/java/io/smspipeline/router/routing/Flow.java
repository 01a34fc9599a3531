package io.smspipeline.router.routing;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;

/**
 * The two applications that route. A Streams task takes the record with the smallest timestamp first, so one application
 * could not keep a one-time code ahead of a backlog.
 */
public enum Flow {
    /** Reads {@code sms.outgoing.high} and {@code sms.returned.high}. */
    HIGH("router-high"),
    /** Reads {@code sms.outgoing} and {@code sms.returned}. */
    BULK("router-bulk");

    private final String application;

    Flow(String application) {
        this.application = application;
    }

    /** What events name as their source. */
    public String application() {
        return application;
    }

    /** Where applications publish. */
    public Topic<OutgoingMessage> outgoing(Topics topics) {
        return this == HIGH ? topics.outgoingHigh() : topics.outgoing();
    }

    /** Where messages come back. */
    public Topic<ReturnedMessage> returned(Topics topics) {
        return this == HIGH ? topics.returnedHigh() : topics.returned();
    }
}
