/** The thread that submits: what may leave, and when. */
@NullMarked
package io.smspipeline.sender.feeding;

import org.jspecify.annotations.NullMarked;
