/** What a process measures of itself. */
@NullMarked
package io.smspipeline.service.metrics;

import org.jspecify.annotations.NullMarked;
