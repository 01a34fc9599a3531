/**
 * One SMPP session, asynchronous: a subclass of jSMPP's {@code SMPPSession} that reads, answers and completes by itself and
 * leaves to jSMPP the life of the reading thread, the session state and the composing of PDUs.
 */
@NullMarked
package io.smspipeline.provider.smpp.session;

import org.jspecify.annotations.NullMarked;
