/** Records to octets and back. */
@NullMarked
package io.smspipeline.benchmark.record;

import org.jspecify.annotations.NullMarked;
