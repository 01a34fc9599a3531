/** How the topologies' own state is laid into octets: compact, versioned, known to nobody else. */
@NullMarked
package io.smspipeline.router.state;

import org.jspecify.annotations.NullMarked;
