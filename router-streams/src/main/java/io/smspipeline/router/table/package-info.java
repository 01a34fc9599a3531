/** Versions of the route table: published one after the other, kept for good, compared. */
@NullMarked
package io.smspipeline.router.table;

import org.jspecify.annotations.NullMarked;
