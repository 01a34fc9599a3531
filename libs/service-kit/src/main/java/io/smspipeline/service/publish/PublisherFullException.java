package io.smspipeline.service.publish;

import org.apache.kafka.common.KafkaException;

/** Too many records await Kafka's acknowledgement; this one was not sent. Tell whoever it came from to come again. */
public final class PublisherFullException extends KafkaException {
    private static final long serialVersionUID = 1L;

    PublisherFullException(int limit) {
        super(limit + " records await Kafka's acknowledgement, which is the limit: this one was not sent."
                + " Offer it again once Kafka answers.");
    }
}
