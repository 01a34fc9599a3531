/** What characters to octets, and back, takes. */
@NullMarked
package io.smspipeline.benchmark.text;

import org.jspecify.annotations.NullMarked;
