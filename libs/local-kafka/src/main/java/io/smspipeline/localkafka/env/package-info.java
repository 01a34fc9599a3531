/** What a test that needs Kafka and a schema registry asks for, whether they run in this JVM or in a container. */
@NullMarked
package io.smspipeline.localkafka.env;

import org.jspecify.annotations.NullMarked;
