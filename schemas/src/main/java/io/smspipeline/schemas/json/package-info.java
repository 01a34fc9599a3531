/** Records as JSON for people, scripts and HTTP. */
@NullMarked
package io.smspipeline.schemas.json;

import org.jspecify.annotations.NullMarked;
