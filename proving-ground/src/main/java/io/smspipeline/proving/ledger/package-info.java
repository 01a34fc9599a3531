/** What became of each message of a run. */
@NullMarked
package io.smspipeline.proving.ledger;

import org.jspecify.annotations.NullMarked;
