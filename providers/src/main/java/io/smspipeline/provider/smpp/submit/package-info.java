/** A message as submit_sm: addresses, parts, fields, and what the SMSC's answer means. */
@NullMarked
package io.smspipeline.provider.smpp.submit;

import org.jspecify.annotations.NullMarked;
