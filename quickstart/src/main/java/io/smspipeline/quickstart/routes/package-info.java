/** Routes tried on traffic of the past. */
@NullMarked
package io.smspipeline.quickstart.routes;

import org.jspecify.annotations.NullMarked;
