/** The topic catalogue, and bringing a cluster in line with it. */
@NullMarked
package io.smspipeline.schemas.topic;

import org.jspecify.annotations.NullMarked;
