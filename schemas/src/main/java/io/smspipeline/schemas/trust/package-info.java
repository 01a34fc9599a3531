/** Which classes Avro may make. */
@NullMarked
package io.smspipeline.schemas.trust;

import org.jspecify.annotations.NullMarked;
