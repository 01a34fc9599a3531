/** Reading topics so that an offset is committed only when its record and all before it are done. */
@NullMarked
package io.smspipeline.intake;

import org.jspecify.annotations.NullMarked;
