/** A complete application of the pipeline. */
@NullMarked
package io.smspipeline.example;

import org.jspecify.annotations.NullMarked;
