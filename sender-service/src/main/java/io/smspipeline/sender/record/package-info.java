/** Outcomes and offsets, in one short Kafka transaction. */
@NullMarked
package io.smspipeline.sender.record;

import org.jspecify.annotations.NullMarked;
