/** Bringing dead letters back to those who set them aside. */
@NullMarked
package io.smspipeline.quickstart.redrive;

import org.jspecify.annotations.NullMarked;
