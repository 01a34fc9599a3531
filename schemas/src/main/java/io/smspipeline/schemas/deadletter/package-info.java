/** What happens to a record that cannot be processed: it is set aside with its reason, and nothing waits behind it. */
@NullMarked
package io.smspipeline.schemas.deadletter;

import org.jspecify.annotations.NullMarked;
