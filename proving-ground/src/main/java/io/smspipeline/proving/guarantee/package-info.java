/** What every run must show, by name. */
@NullMarked
package io.smspipeline.proving.guarantee;

import org.jspecify.annotations.NullMarked;
