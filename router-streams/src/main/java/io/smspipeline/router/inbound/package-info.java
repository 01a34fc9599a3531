/** Messages from handsets: repeats dropped, parts joined, replies recognised. */
@NullMarked
package io.smspipeline.router.inbound;

import org.jspecify.annotations.NullMarked;
