/** Under which key it is known that a handset wants nothing from a sender. */
@NullMarked
package io.smspipeline.schemas.optout;

import org.jspecify.annotations.NullMarked;
