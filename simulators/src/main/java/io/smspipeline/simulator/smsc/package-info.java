/** A simulated SMSC: SMPP 3.4 over TCP, receipts, replies, faults on demand, and a record of all it was sent. */
@NullMarked
package io.smspipeline.simulator.smsc;

import org.jspecify.annotations.NullMarked;
