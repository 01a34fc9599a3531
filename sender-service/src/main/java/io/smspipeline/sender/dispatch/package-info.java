/** What to do after each outcome: the one place that decides. */
@NullMarked
package io.smspipeline.sender.dispatch;

import org.jspecify.annotations.NullMarked;
