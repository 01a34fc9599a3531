/** What a sender holds in hand: its partitions, their messages, and three lanes in the order they are to leave. */
@NullMarked
package io.smspipeline.sender.lane;

import org.jspecify.annotations.NullMarked;
