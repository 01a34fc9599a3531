/** What a provider sends by HTTP, told from what somebody else does, and read. No network: the receiver owns that. */
@NullMarked
package io.smspipeline.provider.webhook;

import org.jspecify.annotations.NullMarked;
