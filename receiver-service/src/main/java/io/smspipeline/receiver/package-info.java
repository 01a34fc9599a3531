/** Takes receipts and MO messages from providers and answers only after Kafka has them. */
@NullMarked
package io.smspipeline.receiver;

import org.jspecify.annotations.NullMarked;
