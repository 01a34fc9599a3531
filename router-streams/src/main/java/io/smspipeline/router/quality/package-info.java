/** How well providers deliver to each country: measured where receipts come, looked up where routes are chosen. */
@NullMarked
package io.smspipeline.router.quality;

import org.jspecify.annotations.NullMarked;
