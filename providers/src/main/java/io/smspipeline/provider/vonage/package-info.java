/** Messages over Vonage. */
@NullMarked
package io.smspipeline.provider.vonage;

import org.jspecify.annotations.NullMarked;
