/** PDUs for a person to read: what went over a bind, with numbers and texts masked unless they may be seen. */
@NullMarked
package io.smspipeline.provider.smpp.trace;

import org.jspecify.annotations.NullMarked;
