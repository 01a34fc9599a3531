/** Who carries a message, and why: rules and their explanation, what is checked before, and the topology that does it. */
@NullMarked
package io.smspipeline.router.routing;

import org.jspecify.annotations.NullMarked;
