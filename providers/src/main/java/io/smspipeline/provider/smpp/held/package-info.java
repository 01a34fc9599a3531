/** Questions about messages the SMSC took and still holds: query_sm, cancel_sm, replace_sm, and what its answers mean. */
@NullMarked
package io.smspipeline.provider.smpp.held;

import org.jspecify.annotations.NullMarked;
