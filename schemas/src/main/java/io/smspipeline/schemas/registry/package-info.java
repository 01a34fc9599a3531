/** Schema ids and the registry that hands them out. */
@NullMarked
package io.smspipeline.schemas.registry;

import org.jspecify.annotations.NullMarked;
