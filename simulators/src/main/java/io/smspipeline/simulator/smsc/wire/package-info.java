/** SMPP 3.4 on the wire, as little of it as an SMSC needs: a second opinion beside the library the ESME side uses. */
@NullMarked
package io.smspipeline.simulator.smsc.wire;

import org.jspecify.annotations.NullMarked;
