/** How records enter and leave the topologies, and where those go that cannot be read. */
@NullMarked
package io.smspipeline.router.wire;

import org.jspecify.annotations.NullMarked;
