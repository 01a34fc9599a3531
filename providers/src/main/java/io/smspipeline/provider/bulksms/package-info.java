/** Messages over BulkSMS. */
@NullMarked
package io.smspipeline.provider.bulksms;

import org.jspecify.annotations.NullMarked;
