/** Messages over Clickatell. */
@NullMarked
package io.smspipeline.provider.clickatell;

import org.jspecify.annotations.NullMarked;
