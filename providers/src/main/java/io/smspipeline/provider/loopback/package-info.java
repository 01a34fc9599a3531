/** A provider that keeps its traffic in memory and plays the handsets: for trying things out and for tests. */
@NullMarked
package io.smspipeline.provider.loopback;

import org.jspecify.annotations.NullMarked;
