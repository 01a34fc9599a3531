package io.smspipeline.provider.smpp.session;

/** The octets are not the PDU that their header announces. */
public final class MalformedPduException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedPduException(String message) {
        super(message);
    }
}
