/** How fast: parts a second, slowed down by a provider that throttles. */
@NullMarked
package io.smspipeline.sender.pacing;

import org.jspecify.annotations.NullMarked;
