/** What SMSCs send: receipts and MO parts out of deliver_sm and data_sm, answered once they are safe. */
@NullMarked
package io.smspipeline.provider.smpp.inbound;

import org.jspecify.annotations.NullMarked;
