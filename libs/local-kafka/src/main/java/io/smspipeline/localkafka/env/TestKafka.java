package io.smspipeline.localkafka.env;

/** A broker for tests, running. Closing it ends it and deletes what it stored. */
interface TestKafka extends AutoCloseable {

    String bootstrapServers();

    /** What it is, for the line that says so: "embedded broker, Kafka 4.3.1". */
    String description();

    @Override
    void close();
}
