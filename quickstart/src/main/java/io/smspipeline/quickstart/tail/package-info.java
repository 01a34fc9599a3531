/** Reading topics for people: from the beginning or from now, up to the end or for ever. */
@NullMarked
package io.smspipeline.quickstart.tail;

import org.jspecify.annotations.NullMarked;
