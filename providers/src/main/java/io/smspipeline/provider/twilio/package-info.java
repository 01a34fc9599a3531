/** Messages over Twilio. */
@NullMarked
package io.smspipeline.provider.twilio;

import org.jspecify.annotations.NullMarked;
