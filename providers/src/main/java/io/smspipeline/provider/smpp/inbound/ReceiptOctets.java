package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.text.PackedSeptets;
import io.smspipeline.text.TextDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The octets of a delivery receipt, read as what they say. What {@code data_coding} says is often that of the message it is about, so
 * the octets themselves decide: a receipt begins with a key in ASCII, and how its first letters lie tells the rest.
 */
public final class ReceiptOctets {
    private static final int UCS2 = 0x08;

    /** The underscore of GSM 03.38: as a control character it would stand in no receipt. */
    private static final char GSM_UNDERSCORE = 0x11;

    private ReceiptOctets() {}

    /**
     * Reads UTF-16 of either byte order, GSM 03.38 packed into octets, or else Latin-1, of which ASCII is a part. Never throws.
     *
     * @param content {@code short_message} or {@code message_payload}, without user data header
     */
    public static ReceiptText read(byte[] content) {
        if (startsWithLetters(content, 1)) {
            return ReceiptText.parse(String.valueOf(TextDecoder.GSM.text(UCS2, content)));
        }
        if (startsWithLetters(content, 0)) {
            return ReceiptText.parse(new String(content, StandardCharsets.UTF_16LE));
        }
        ReceiptText plain =
                ReceiptText.parse(new String(content, StandardCharsets.ISO_8859_1).replace(GSM_UNDERSCORE, '_'));
        if (!plain.isReceipt()) {
            String unpacked = TextDecoder.GSM.text(0, PackedSeptets.unpacked(content));
            ReceiptText packed = unpacked == null ? plain : ReceiptText.parse(unpacked);
            return packed.isReceipt() ? packed : plain;
        }
        return plain;
    }

    /** Whether the first two units of 16 bits are ASCII, their value at this place and zero at the other. */
    private static boolean startsWithLetters(byte[] content, int place) {
        return content.length >= 4
                && content.length % 2 == 0
                && content[place] > 0
                && content[place + 2] > 0
                && content[1 - place] == 0
                && content[3 - place] == 0;
    }
}
