package io.smspipeline.router;

import io.smspipeline.schemas.topic.Topics;

/** One Kafka Streams application of the router. Each has a group, offsets and internal topics of its own. */
public enum Application {
    /** Routes what was published as urgent. */
    ROUTER_HIGH("router-high"),
    /** Routes everything else. */
    ROUTER_BULK("router-bulk"),
    /** Folds what happened into states. */
    STATUS("status"),
    /** Makes messages of what handsets send. */
    INBOUND("inbound");

    private final String label;

    Application(String label) {
        this.label = label;
    }

    /** What it is called in logs, events and health checks. */
    public String label() {
        return label;
    }

    /**
     * Its {@code application.id}: name of its group, and how the names of its internal topics begin. They lie beside the
     * topics of the catalogue, so that one prefixed access rule covers both.
     */
    public String id(Topics topics) {
        return topics.prefix() + "sms." + label;
    }
}
