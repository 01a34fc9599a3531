/** Every PDU of a simulated SMSC as a line of JSON. */
@NullMarked
package io.smspipeline.simulator.smsc.trace;

import org.jspecify.annotations.NullMarked;
