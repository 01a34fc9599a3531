package io.smspipeline.localkafka.env;

import java.util.Locale;

/** Which Kafka tests talk to: the system property {@value #PROPERTY}. */
public enum KafkaChoice {
    /** A container where a container engine answers, the embedded broker elsewhere. */
    AUTO,
    /** A broker in this JVM. */
    EMBEDDED,
    /** A container, or failure. */
    DOCKER;

    /** The system property, with the names of these constants in lower case; absent or empty means {@link #AUTO}. */
    public static final String PROPERTY = "sms.kafka";

    /**
     * What the system property says.
     *
     * @throws IllegalArgumentException when it says something else
     */
    public static KafkaChoice fromSystemProperty() {
        return named(System.getProperty(PROPERTY, ""));
    }

    static KafkaChoice named(String name) {
        if (name.isEmpty()) {
            return AUTO;
        }
        for (KafkaChoice choice : values()) {
            if (choice.toString().equals(name)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(PROPERTY + " is '" + name
                + "': tests do not know which Kafka that is. Set auto, embedded or docker, or leave it out.");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
