package io.smspipeline.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
        Gathering all = new Gathering();
        for (int i = 0; i < shortMessages.size(); i++) {
            all.add(part(dataCoding, headerPresent, shortMessages.get(i), i < sar.size() ? sar.get(i) : null));
        }
        return all.joined(decoder, dataCoding);
    }

    /**
     * Sorts parts of one sender in the order they came into messages and joins each. A message is known by reference, width of
     * the reference and total. References come round after 256 or 65,536 messages, so an earlier message that lacks a part may
     * still be open under the reference of a later one: a number that comes again with the same octets is the same part
     * repeated, with other octets it begins another message, and the earlier one gets no more parts. Never throws.
     *
     * @return in the order of their first parts; at least one
     * @see #join
     */
    public List<Joined> messages(int dataCoding, boolean headerPresent, List<byte[]> shortMessages, List<Sar> sar) {
        List<Gathering> messages = new ArrayList<>();
        Map<Concatenation, Gathering> open = new HashMap<>();
        for (int i = 0; i < shortMessages.size(); i++) {
            Part part = part(dataCoding, headerPresent, shortMessages.get(i), i < sar.size() ? sar.get(i) : null);
            Gathering message = open.get(part.message());
            if (message == null || message.contradicts(part)) {
                message = new Gathering();
                messages.add(message);
                open.put(part.message(), message);
            }
            message.add(part);
        }
        if (messages.isEmpty()) {
            messages.add(new Gathering());
        }
        return messages.stream()
                .map(message -> message.joined(decoder, dataCoding))
                .toList();
    }

    /** @param place null when it stands alone */
    private record Part(@Nullable Concatenation place, DecodedText content) {
        /** The same for all parts of a message. */
        Concatenation message() {
            return place == null
                    ? new Concatenation(0, 0, 0, false)
                    : new Concatenation(place.reference(), place.total(), 0, place.wide());
        }
    }

    private Part part(int dataCoding, boolean headerPresent, byte[] shortMessage, @Nullable Sar sar) {
        DecodedText content = decoder.decode(dataCoding, shortMessage, headerPresent);
        Concatenation told = sar != null && sar.number() >= 1 && sar.number() <= sar.total()
                ? new Concatenation(sar.reference(), sar.total(), sar.number(), true)
                : content.header().concatenation().orElse(null);
        return new Part(told, content);
    }

    /** The parts of one message. */
    private static final class Gathering {
        private final Map<Integer, DecodedText> numbered = new TreeMap<>();
        private final List<DecodedText> behind = new ArrayList<>();
        private int total;

        boolean contradicts(Part part) {
            DecodedText known =
                    part.place() == null ? null : numbered.get(part.place().number());
            return known != null && !Arrays.equals(known.body(), part.content().body());
        }

        void add(Part part) {
            if (part.place() == null) {
                behind.add(part.content());
            } else {
                total = Math.max(total, part.place().total());
                numbered.putIfAbsent(part.place().number(), part.content());
            }
        }

        Joined joined(TextDecoder decoder, int dataCoding) {
            List<DecodedText> inOrder = new ArrayList<>(numbered.values());
            inOrder.addAll(behind);
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            inOrder.forEach(part -> octets.writeBytes(part.body()));
            // Each part names the tables of the whole text.
            NationalShift shift = inOrder.isEmpty()
                    ? NationalShift.NONE
                    : inOrder.get(0).header().nationalShift();
            byte[] joined = octets.toByteArray();
            return new Joined(joined, decoder.text(dataCoding, joined, shift), numbered.size() < total);
        }
    }
}
