/** Simulated HTTP aggregators: the APIs of Twilio, Vonage, BulkSMS and Clickatell, their callbacks, and their faults. */
@NullMarked
package io.smspipeline.simulator.aggregator;

import org.jspecify.annotations.NullMarked;
