package io.smspipeline.text;

/** How a text longer than one part is told to be one message. A text that fits one part is sent alike in every mode. */
public enum Segmentation {
    /** User data header with an 8-bit reference, {@code 05 00 03 RR TT SS}: 153 septets or 134 octets a part. */
    UDH8(6),
    /** User data header with a 16-bit reference, {@code 06 08 04 RR RR TT SS}: 152 septets, 132 or 133 octets a part. */
    UDH16(7),
    /**
     * {@code sar_*} TLVs (SMPP 3.4 §5.3.2.22-24) and no header: the SMSC makes it, so parts are cut as for {@link #UDH8}.
     * A message that brings a header of its own (ports) is sent as {@link #UDH8}: one message never carries both.
     */
    SAR(6),
    /** One {@code submit_sm} with the whole text in {@code message_payload} (SMPP 3.4 §5.3.2.32): the SMSC cuts. */
    PAYLOAD(6);

    private final int headerOctets;

    Segmentation(int headerOctets) {
        this.headerOctets = headerOctets;
    }

    /** Octets that the concatenation takes from a part, with the header's length octet. */
    public int headerOctets() {
        return headerOctets;
    }
}
