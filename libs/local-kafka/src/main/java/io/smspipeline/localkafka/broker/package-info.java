/** Brokers for one machine: in this JVM (one, or a cluster of three) or in a process of their own that can be killed. */
@NullMarked
package io.smspipeline.localkafka.broker;

import org.jspecify.annotations.NullMarked;
