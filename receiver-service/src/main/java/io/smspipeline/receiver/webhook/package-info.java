/** Takes what providers send by HTTP, and answers 2xx only after Kafka has it. */
@NullMarked
package io.smspipeline.receiver.webhook;

import org.jspecify.annotations.NullMarked;
