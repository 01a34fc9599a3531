package io.smspipeline.text;

import org.jspecify.annotations.Nullable;

/**
 * What one {@code submit_sm} carries of a message. Immutable as long as nobody writes to the arrays, which are handed out
 * as they are; two segments are equal when they are the same one.
 */
public final class Segment {
    private static final byte[] NOTHING = {};

    private final int number;
    private final int count;
    private final byte[] shortMessage;
    private final boolean headerPresent;
    private final @Nullable Sar sar;
    private final byte @Nullable [] messagePayload;

    private Segment(
            int number,
            int count,
            byte[] shortMessage,
            boolean headerPresent,
            @Nullable Sar sar,
            byte @Nullable [] messagePayload) {
        this.number = number;
        this.count = count;
        this.shortMessage = shortMessage;
        this.headerPresent = headerPresent;
        this.sar = sar;
        this.messagePayload = messagePayload;
    }

    static Segment ofShortMessage(
            int number, int count, byte[] shortMessage, boolean headerPresent, @Nullable Sar sar) {
        return new Segment(number, count, shortMessage, headerPresent, sar, null);
    }

    static Segment ofPayload(byte[] payload, boolean headerPresent) {
        return new Segment(1, 1, NOTHING, headerPresent, null, payload);
    }

    Segment readAs(DefaultAlphabet alphabet) {
        return messagePayload == null
                ? new Segment(number, count, alphabet.written(shortMessage, headerPresent), headerPresent, sar, null)
                : new Segment(
                        number, count, NOTHING, headerPresent, sar, alphabet.written(messagePayload, headerPresent));
    }

    /** 1..{@link #count()}. */
    public int number() {
        return number;
    }

    /** How many segments the message has, 1..255. */
    public int count() {
        return count;
    }

    /** {@code short_message}: the user data header, when there is one, then the octets. At most 160 octets; not to be written to. */
    public byte[] shortMessage() {
        return shortMessage;
    }

    /** Whether {@link #shortMessage()} (or the payload) begins with a user data header. */
    public boolean headerPresent() {
        return headerPresent;
    }

    /** The {@code esm_class} bits this segment needs: 0x40 (UDH indicator) or 0. */
    public int esmClass() {
        return headerPresent ? 0x40 : 0;
    }

    /** Values for the {@code sar_*} TLVs; null when the segment needs none. */
    public @Nullable Sar sar() {
        return sar;
    }

    /** The {@code message_payload} TLV, in place of a then empty {@link #shortMessage()}; null when there is none. */
    public byte @Nullable [] messagePayload() {
        return messagePayload;
    }

    @Override
    public String toString() {
        byte[] octets = messagePayload == null ? shortMessage : messagePayload;
        return "Segment[" + number + "/" + count + ", " + octets.length + " octets, esmClass=" + esmClass() + "]";
    }
}
