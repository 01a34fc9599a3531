/**
 * A schema registry for one machine: the part of Confluent's Schema Registry HTTP interface that serializers and tools
 * use, for Avro, with its state in a compacted Kafka topic.
 */
@NullMarked
package io.smspipeline.localkafka.registry;

import org.jspecify.annotations.NullMarked;
