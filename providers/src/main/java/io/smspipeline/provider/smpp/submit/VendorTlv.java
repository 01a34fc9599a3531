package io.smspipeline.provider.smpp.submit;

import io.smspipeline.record.OutgoingMessage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.jsmpp.bean.OptionalParameter;
import org.jspecify.annotations.Nullable;

/**
 * A TLV that somebody asked for by its tag. Immutable.
 *
 * @param tag 0..0xFFFF
 * @param form how the value is written
 * @param text the value, or the label that has it
 */
public record VendorTlv(int tag, Form form, String text) {
    /** These say how the message is cut, which is ours to know (SMPP 3.4 §5.3.2.22 to 24, §5.3.2.32). */
    private static final Set<Integer> OURS = Set.of(0x020C, 0x020E, 0x020F, 0x0424);

    /** {@code tag} and {@code length} have two octets each; what a submit_sm of usual size has room for. */
    private static final int MOST_OCTETS = 1024;

    /** How a value is spelt. */
    public enum Form {
        /** Octets in hexadecimal. */
        HEX("hex"),
        /** ASCII characters. */
        TEXT("text"),
        /** ASCII characters with a NUL behind them, SMPP's C-octet string. */
        C_STRING("c-string"),
        /** The value of the message's label of this name, in UTF-8 with a NUL; no TLV when there is no such label. */
        LABEL("label");

        private final String prefix;

        Form(String prefix) {
            this.prefix = prefix + ":";
        }
    }

    /**
     * Reads a tag such as {@code 0x1400} and a value such as {@code hex:0a0b}, {@code text:abc}, {@code c-string:abc} or
     * {@code label:campaign}.
     *
     * @throws IllegalArgumentException half a sentence behind the name of the key: what is wrong, and what to do
     */
    public static VendorTlv of(String tag, String value) {
        int number = tag(tag);
        for (Form form : Form.values()) {
            if (value.startsWith(form.prefix)) {
                VendorTlv tlv = new VendorTlv(number, form, value.substring(form.prefix.length()));
                if (form != Form.LABEL && tlv.octets(tlv.text) == null) {
                    throw new IllegalArgumentException(
                            "has a value that is not " + (form == Form.HEX ? "pairs of hexadecimal digits" : "ASCII")
                                    + ", or has more than " + MOST_OCTETS + " octets: correct it");
                }
                return tlv;
            }
        }
        throw new IllegalArgumentException(
                "does not say how its value is written: begin it with hex:, text:, c-string: or label:");
    }

    private static int tag(String text) {
        int tag;
        try {
            tag = Integer.decode(text.strip());
        } catch (NumberFormatException e) {
            tag = -1;
        }
        if (tag < 1 || tag > 0xFFFF) {
            throw new IllegalArgumentException("is no tag: write a number from 0x0001 to 0xFFFF, as in 0x1400");
        }
        if (OURS.contains(tag)) {
            throw new IllegalArgumentException(
                    "is written by the pipeline itself, which cuts messages: leave it out, and choose a segmentation");
        }
        return tag;
    }

    private byte @Nullable [] octets(String value) {
        if (form == Form.HEX) {
            try {
                return limited(HexFormat.of().parseHex(value));
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        if (!value.chars().allMatch(c -> c > 0 && c < 0x80)) {
            return null;
        }
        byte[] octets = value.getBytes(StandardCharsets.US_ASCII);
        return limited(form == Form.TEXT ? octets : Arrays.copyOf(octets, octets.length + 1));
    }

    private static byte @Nullable [] limited(byte[] octets) {
        return octets.length > MOST_OCTETS ? null : octets;
    }

    /** As it is written in this message; null when the label it is taken from is not there. */
    @Nullable
    OptionalParameter of(OutgoingMessage message) {
        if (form != Form.LABEL) {
            return new OptionalParameter.OctetString((short) tag, Objects.requireNonNull(octets(text)));
        }
        String label = message.getLabels().get(text);
        if (label == null) {
            return null;
        }
        byte[] octets = label.getBytes(StandardCharsets.UTF_8);
        return new OptionalParameter.OctetString(
                (short) tag, Arrays.copyOf(octets, Math.min(octets.length, MOST_OCTETS - 1) + 1));
    }
}
