package io.smspipeline.text;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one long message together again, in whatever order they came. Octets are joined before they are read as
 * characters: other senders do cut an escape or surrogate pair. Immutable, safe for use by many threads.
 */
public final class PartJoiner {
    private final TextDecoder decoder;

    /** @param decoder how this SMSC's octets are read */
    public PartJoiner(TextDecoder decoder) {
        this.decoder = decoder;
    }

    /** A message of one or more parts put together. Immutable as long as nobody writes to the array. */
    public static final class Joined {
        private final byte[] octets;
        private final @Nullable String text;
        private final boolean partial;

        Joined(byte[] octets, @Nullable String text, boolean partial) {
            this.octets = octets;
            this.text = text;
            this.partial = partial;
        }

        /** All bodies in order, without headers; not to be written to. */
        public byte[] octets() {
            return octets;
        }

        /** The characters; null when the coding says 8-bit data, or is one we do not know. */
        public @Nullable String text() {
            return text;
        }

        /** Whether parts are missing. */
        public boolean partial() {
            return partial;
        }
    }

    /**
     * Joins parts that belong together. Of parts with the same number the first is taken; parts without a number keep
     * the order given, behind the numbered ones. Never throws.
     *
     * @param dataCoding of all of them
     * @param headerPresent whether {@code esm_class} has 0x40
     * @param sar the {@code sar_*} values of each, in the same order; empty when there are none
     */
    public Joined join(int dataCoding, boolean headerPresent, List<byte[]> shortMessages, List<Sar> sar) {
        Map<Integer, byte[]> bodies = new TreeMap<>();
        int total = 0;
        int numbered = 0;
        int behind = TextEncoder.MAX_PARTS;
        for (int i = 0; i < shortMessages.size(); i++) {
            DecodedText part = decoder.decode(dataCoding, shortMessages.get(i), headerPresent);
            int number = 0;
            if (i < sar.size()) {
                number = sar.get(i).number();
                total = Math.max(total, sar.get(i).total());
            } else if (part.header().concatenation().isPresent()) {
                Concatenation told = part.header().concatenation().get();
                number = told.number();
                total = Math.max(total, told.total());
            }
            if (number == 0) {
                bodies.put(++behind, part.body());
            } else if (bodies.putIfAbsent(number, part.body()) == null) {
                numbered++;
            }
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        bodies.values().forEach(octets::writeBytes);
        byte[] joined = octets.toByteArray();
        return new Joined(joined, decoder.text(dataCoding, joined), numbered < total);
    }
}
