/** The processes of a run, and the line between the pipeline and its SMSC. */
@NullMarked
package io.smspipeline.proving.ground;

import org.jspecify.annotations.NullMarked;
