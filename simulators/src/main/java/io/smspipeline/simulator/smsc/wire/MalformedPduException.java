package io.smspipeline.simulator.smsc.wire;

/** The octets are not the PDU their header announces. */
public final class MalformedPduException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedPduException(String message) {
        super(message);
    }
}
