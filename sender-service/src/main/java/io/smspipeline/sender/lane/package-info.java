/** What a provider's senders hold in hand: three lanes of messages, in the order they are to leave. */
@NullMarked
package io.smspipeline.sender.lane;

import org.jspecify.annotations.NullMarked;
