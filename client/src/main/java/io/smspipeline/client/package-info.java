/** What an application imports: {@code SmsPublisher}, and {@code SmsHandlers} with redelivery. */
@NullMarked
package io.smspipeline.client;

import org.jspecify.annotations.NullMarked;
