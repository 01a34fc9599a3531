/** What the topics still hold of one message, what can be commanded about it, and what came of that. */
@NullMarked
package io.smspipeline.quickstart.story;

import org.jspecify.annotations.NullMarked;
