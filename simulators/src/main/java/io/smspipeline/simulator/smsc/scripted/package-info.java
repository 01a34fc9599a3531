/** A peer that does what a script says, octet by octet: for the faults a well-behaved SMSC cannot be asked for. */
@NullMarked
package io.smspipeline.simulator.smsc.scripted;

import org.jspecify.annotations.NullMarked;
