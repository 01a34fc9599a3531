/** The parts of a pipeline, put together in this JVM. */
@NullMarked
package io.smspipeline.quickstart.pipeline;

import org.jspecify.annotations.NullMarked;
