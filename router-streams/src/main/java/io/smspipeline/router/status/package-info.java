/** What became of a message: receipts meet acceptances, and everything that happened folds into one state. */
@NullMarked
package io.smspipeline.router.status;

import org.jspecify.annotations.NullMarked;
