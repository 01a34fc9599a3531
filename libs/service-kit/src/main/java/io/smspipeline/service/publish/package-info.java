/** Writes records to Kafka and tells each publisher when Kafka has them. */
@NullMarked
package io.smspipeline.service.publish;

import org.jspecify.annotations.NullMarked;
