package io.smspipeline.provider.smpp;

/** Which kinds of bind carry the two directions. */
public enum BindMode {
    /** Transmitters at the sender, receivers at the receiver. */
    SEPARATE,
    /** Transceivers at the sender carry both. */
    TRANSCEIVER
}
