/** How the id a provider gives in its answer and the id its receipts speak of relate. */
@NullMarked
package io.smspipeline.schemas.providerid;

import org.jspecify.annotations.NullMarked;
