/** A run: traffic, faults at the same time, and the judgement. */
@NullMarked
package io.smspipeline.proving;

import org.jspecify.annotations.NullMarked;
