package io.smspipeline.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Characters to octets and parts. Stateless and safe for use by many threads.
 *
 * <p>Parts are filled greedily; an escape pair or a surrogate pair is never cut. What fits one part is one part, without a
 * concatenation.
 */
public final class TextEncoder {
    /** The total has one octet on the wire. */
    public static final int MAX_PARTS = 255;

    /** Octets that must stay together: a surrogate pair. */
    private static final int LARGEST_CHARACTER = 4;

    private TextEncoder() {}

    /** As {@link #encode(String, EncodingChoice, Segmentation, int, UserDataHeader, int)} without a header, up to 255 parts. */
    public static EncodedText encode(String text, EncodingChoice asked, Segmentation mode, int reference) {
        return encode(text, asked, mode, reference, UserDataHeader.NONE, MAX_PARTS);
    }

    /** As {@link #encode(String, EncodingRules, Segmentation, int, UserDataHeader, int)} as written, without national tables. */
    public static EncodedText encode(
            String text, EncodingChoice asked, Segmentation mode, int reference, UserDataHeader header, int maxParts) {
        return encode(text, EncodingRules.of(asked), mode, reference, header, maxParts);
    }

    /**
     * Encodes and cuts a text. Half a surrogate pair is no character and refused in every encoding.
     *
     * @param reference tells this message from others under way between the same two numbers; the low 8 or 16 bits are used,
     *     as the mode has room. Derive it from the message, so that a repeated part carries the same one
     * @param header further elements (ports) that each part carries, behind the concatenation
     * @param maxParts 1..255, counted as the handset gets them, in every mode
     * @throws TextRefusedException when the encoding has no octets for a character, when more parts are needed than allowed
     *     (found out before anything is encoded), or when the header leaves no room
     */
    public static EncodedText encode(
            String text, EncodingRules rules, Segmentation mode, int reference, UserDataHeader header, int maxParts) {
        CharacterChoice chosen = CharacterChoice.of(text, rules);
        String sent = chosen.text();
        Encoding encoding = chosen.encoding();
        int units = switch (encoding) {
            case GSM7 -> chosen.septets();
            case UCS2 -> 2 * sent.length();
            case LATIN1, BINARY -> sent.length();
        };
        Cut cut = new Cut(encoding, mode, reference, header.with(chosen.shift().elements()), maxParts);
        cut.requireRoomFor(units);
        byte[] octets = switch (encoding) {
            case GSM7 -> Gsm7.of(chosen.shift()).encode(sent, units);
            case UCS2 -> Ucs2.encode(sent);
            case LATIN1, BINARY -> sent.getBytes(StandardCharsets.ISO_8859_1);
        };
        EncodedText encoded = cut.apply(octets).readAs(rules.alphabet());
        return sent.equals(text) && chosen.shift().equals(NationalShift.NONE)
                ? encoded
                : encoded.written(chosen.shift(), chosen.replaced());
    }

    /**
     * Cuts octets that are no text.
     *
     * @param octets become part of the result, so they are not to be written to any more
     * @see #encode(String, EncodingRules, Segmentation, int, UserDataHeader, int)
     */
    public static EncodedText encodeBinary(
            byte[] octets, Segmentation mode, int reference, UserDataHeader header, int maxParts) {
        Cut cut = new Cut(Encoding.BINARY, mode, reference, header, maxParts);
        cut.requireRoomFor(octets.length);
        return cut.apply(octets);
    }

    private static boolean isLatin1(String text) {
        for (int i = 0, end = text.length(); i < end; i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #partsOf(String, EncodingChoice, Segmentation)} for {@code AUTO} and {@code UDH8}. */
    public static int partsOf(String text) {
        return partsOf(text, EncodingChoice.AUTO, Segmentation.UDH8);
    }

    /**
     * How many parts a handset gets of this text, without encoding it. Never throws; of a text that cannot be encoded as
     * asked it says how many parts its UCS-2 form would have. May exceed 255.
     */
    public static int partsOf(String text, EncodingChoice asked, Segmentation mode) {
        int septets = asked == EncodingChoice.AUTO || asked == EncodingChoice.GSM7 ? Gsm7.DEFAULT.septets(text) : -1;
        if (septets >= 0) {
            return partsOfGsm7(text, septets, mode);
        }
        if (asked == EncodingChoice.LATIN1 && isLatin1(text)) {
            return partsWithoutPairs(Encoding.LATIN1, text.length(), mode);
        }
        return partsOfUcs2(text, mode);
    }

    private static int partsWithoutPairs(Encoding encoding, int units, Segmentation mode) {
        int room = encoding.roomBeside(mode.headerOctets());
        return units <= encoding.roomBeside(0) ? 1 : (units + room - 1) / room;
    }

    private static int partsOfGsm7(String text, int septets, Segmentation mode) {
        if (septets == text.length() || septets <= Encoding.GSM7.roomBeside(0)) {
            return partsWithoutPairs(Encoding.GSM7, septets, mode);
        }
        int room = Encoding.GSM7.roomBeside(mode.headerOctets());
        int parts = 1;
        int used = 0;
        for (int i = 0, end = text.length(); i < end; i++) {
            int more = Gsm7.DEFAULT.septets(text.charAt(i));
            if (used + more > room) {
                parts++;
                used = 0;
            }
            used += more;
        }
        return parts;
    }

    private static int partsOfUcs2(String text, Segmentation mode) {
        int length = text.length();
        if (2 * length <= Encoding.UCS2.roomBeside(0)) {
            return 1;
        }
        int room = Encoding.UCS2.roomBeside(mode.headerOctets()) / 2;
        int parts = 1;
        int at = room;
        while (at < length) {
            if (Character.isHighSurrogate(text.charAt(at - 1)) && Character.isLowSurrogate(text.charAt(at))) {
                at--;
            }
            parts++;
            at += room;
        }
        return parts;
    }

    /** How one message is cut: header, room and limits. */
    private record Cut(Encoding encoding, Segmentation mode, int reference, UserDataHeader header, int maxParts) {
        Cut {
            if (maxParts < 1 || maxParts > MAX_PARTS) {
                throw new IllegalArgumentException("maxParts is " + maxParts
                        + ": the number of parts has one octet on the wire. Set 1 to " + MAX_PARTS + ".");
            }
            if (!header.isEmpty() && mode == Segmentation.SAR) {
                mode = Segmentation.UDH8;
            }
        }

        /** Room in the only part of a message. */
        int wholeRoom() {
            return encoding.roomBeside(header.length());
        }

        int concatenationOctets() {
            return header.isEmpty() ? mode.headerOctets() : header.length() + mode.headerOctets() - 1;
        }

        /** Room in each part of a longer message. */
        int partRoom() {
            return encoding.roomBeside(concatenationOctets());
        }

        void requireRoomFor(int units) {
            boolean whole = units <= wholeRoom();
            if (header.length() > Encoding.OCTETS_OF_ONE_PART || (!whole && partRoom() < LARGEST_CHARACTER)) {
                throw new UnusableHeaderException("user data header has " + header.length()
                        + " octets, which leaves no room for the content beside it: a part has "
                        + Encoding.OCTETS_OF_ONE_PART + ". Shorten the header.");
            }
            if (whole) {
                return;
            }
            if (header.concatenation().isPresent()) {
                throw new UnusableHeaderException("user data header names a part already, and the content needs more"
                        + " than one: send each part by itself, or leave that element out.");
            }
            int atLeast = (units + partRoom() - 1) / partRoom();
            if (atLeast > maxParts) {
                throw new TooManyPartsException(atLeast, maxParts, units, encoding);
            }
        }

        EncodedText apply(byte[] octets) {
            if (octets.length <= wholeRoom()) {
                byte[] shortMessage = header.isEmpty() ? octets : joined(header.octets(), octets, 0, octets.length);
                Segment segment = Segment.ofShortMessage(1, 1, shortMessage, !header.isEmpty(), null);
                return new EncodedText(encoding, octets.length, 1, List.of(segment));
            }
            int total = count(octets);
            if (total > maxParts) {
                throw new TooManyPartsException(total, maxParts, octets.length, encoding);
            }
            if (mode == Segmentation.PAYLOAD) {
                byte[] payload = header.isEmpty() ? octets : joined(header.octets(), octets, 0, octets.length);
                Segment segment = Segment.ofPayload(payload, !header.isEmpty());
                return new EncodedText(encoding, octets.length, total, List.of(segment));
            }
            List<Segment> segments = new ArrayList<>(total);
            byte[] further = header.elementOctets();
            int from = 0;
            for (int number = 1; number <= total; number++) {
                int to = endOfPart(octets, from);
                segments.add(part(number, total, octets, from, to, further));
                from = to;
            }
            return new EncodedText(encoding, octets.length, total, segments);
        }

        private int count(byte[] octets) {
            int parts = 0;
            for (int from = 0; from < octets.length; from = endOfPart(octets, from)) {
                parts++;
            }
            return parts;
        }

        private int endOfPart(byte[] octets, int from) {
            int end = from + partRoom();
            if (end >= octets.length) {
                return octets.length;
            }
            if (encoding == Encoding.GSM7 && octets[end - 1] == Gsm7.ESCAPE) {
                return end - 1;
            }
            // 0xD8..0xDB begins the first half of a surrogate pair; the second half always follows it here.
            if (encoding == Encoding.UCS2 && (octets[end - 2] & 0xFC) == 0xD8) {
                return end - 2;
            }
            return end;
        }

        private Segment part(int number, int total, byte[] octets, int from, int to, byte[] further) {
            if (mode == Segmentation.SAR) {
                byte[] shortMessage = joined(new byte[0], octets, from, to);
                return Segment.ofShortMessage(
                        number, total, shortMessage, false, new Sar(reference & 0xFFFF, total, number));
            }
            byte[] shortMessage = new byte[concatenationOctets() + to - from];
            int at = 0;
            shortMessage[at++] = (byte) (concatenationOctets() - 1);
            if (mode == Segmentation.UDH16) {
                shortMessage[at++] = UserDataHeader.CONCATENATION_16;
                shortMessage[at++] = 4;
                shortMessage[at++] = (byte) (reference >> 8);
            } else {
                shortMessage[at++] = UserDataHeader.CONCATENATION_8;
                shortMessage[at++] = 3;
            }
            shortMessage[at++] = (byte) reference;
            shortMessage[at++] = (byte) total;
            shortMessage[at++] = (byte) number;
            System.arraycopy(further, 0, shortMessage, at, further.length);
            System.arraycopy(octets, from, shortMessage, at + further.length, to - from);
            return Segment.ofShortMessage(number, total, shortMessage, true, null);
        }

        private static byte[] joined(byte[] before, byte[] octets, int from, int to) {
            byte[] joined = new byte[before.length + to - from];
            System.arraycopy(before, 0, joined, 0, before.length);
            System.arraycopy(octets, from, joined, before.length, to - from);
            return joined;
        }
    }
}
