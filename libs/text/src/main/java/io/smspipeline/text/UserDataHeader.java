package io.smspipeline.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user data header of 3GPP TS 23.040 §9.2.3.24: what stands before the text in {@code short_message} when
 * {@code esm_class} has 0x40.
 *
 * @param elements in the order of the octets; unknown ones are kept
 */
public record UserDataHeader(List<Element> elements) {
    /** No header at all. */
    public static final UserDataHeader NONE = new UserDataHeader(List.of());

    static final int CONCATENATION_8 = 0x00;
    static final int PORTS_8 = 0x04;
    static final int PORTS_16 = 0x05;
    static final int CONCATENATION_16 = 0x08;
    static final int SINGLE_SHIFT = 0x24;
    static final int LOCKING_SHIFT = 0x25;

    public UserDataHeader {
        elements = List.copyOf(elements);
    }

    /**
     * One information element. Immutable as long as nobody writes to the array; two elements are equal when they are the
     * same one.
     */
    public static final class Element {
        private final int id;
        private final byte[] value;

        /**
         * @param id 0..255
         * @param value at most 255 octets, not to be written to any more
         */
        public Element(int id, byte[] value) {
            if (id < 0 || id > 0xFF || value.length > 0xFF) {
                throw new IllegalArgumentException("user data header element " + id + " with " + value.length
                        + " octets: id and length have one octet each. Use 0 to 255.");
            }
            this.id = id;
            this.value = value;
        }

        static Element ports(Ports ports) {
            int destination = ports.destination();
            int source = ports.source();
            return new Element(
                    PORTS_16,
                    new byte[] {(byte) (destination >> 8), (byte) destination, (byte) (source >> 8), (byte) source});
        }

        /** 0..255. */
        public int id() {
            return id;
        }

        /** Not to be written to. */
        public byte[] value() {
            return value;
        }

        int unsigned(int index) {
            return value[index] & 0xFF;
        }

        int unsigned16(int index) {
            return unsigned(index) << 8 | unsigned(index + 1);
        }
    }

    /**
     * A {@code short_message} taken apart.
     *
     * @param header {@link #NONE} when there is none that can be read
     * @param bodyOffset where the text begins, 0..length
     * @param wellFormed false when the octets contradict themselves; what could be read is there nevertheless
     */
    public record Parsed(UserDataHeader header, int bodyOffset, boolean wellFormed) {}

    /**
     * Reads the header at the beginning of these octets. Never throws: an element that runs over the header's end is dropped
     * with all after it; a header longer than the octets is taken for text, so that nothing is lost.
     *
     * @param shortMessage octets of a message whose {@code esm_class} has 0x40
     */
    public static Parsed parse(byte[] shortMessage) {
        if (shortMessage.length == 0) {
            return new Parsed(NONE, 0, false);
        }
        int end = 1 + (shortMessage[0] & 0xFF);
        if (end > shortMessage.length) {
            return new Parsed(NONE, 0, false);
        }
        List<Element> elements = new ArrayList<>(2);
        int at = 1;
        boolean wellFormed = true;
        while (at < end) {
            if (at + 2 > end || at + 2 + (shortMessage[at + 1] & 0xFF) > end) {
                wellFormed = false;
                break;
            }
            int length = shortMessage[at + 1] & 0xFF;
            byte[] value = new byte[length];
            System.arraycopy(shortMessage, at + 2, value, 0, length);
            elements.add(new Element(shortMessage[at] & 0xFF, value));
            at += 2 + length;
        }
        return new Parsed(new UserDataHeader(elements), end, wellFormed);
    }

    /** Whether there is nothing to send. */
    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Length on the wire with the length octet; 0 when {@link #isEmpty()}. */
    public int length() {
        if (elements.isEmpty()) {
            return 0;
        }
        int length = 1;
        for (Element element : elements) {
            length += 2 + element.value.length;
        }
        return length;
    }

    /** The header as it goes before the text, with its length octet; empty when {@link #isEmpty()}. */
    public byte[] octets() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(length());
        if (!elements.isEmpty()) {
            octets.write(length() - 1);
            octets.writeBytes(elementOctets());
        }
        return octets.toByteArray();
    }

    byte[] elementOctets() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(length());
        for (Element element : elements) {
            octets.write(element.id);
            octets.write(element.value.length);
            octets.writeBytes(element.value);
        }
        return octets.toByteArray();
    }

    /**
     * Which part of which message this is. An element that makes no sense (total or number 0, number above total) is ignored
     * and the last of several wins, as 3GPP TS 23.040 §9.2.3.24.1 asks.
     */
    public Optional<Concatenation> concatenation() {
        @Nullable Concatenation found = null;
        for (Element element : elements) {
            Concatenation told = null;
            if (element.id == CONCATENATION_8 && element.value.length == 3) {
                told = new Concatenation(element.unsigned(0), element.unsigned(1), element.unsigned(2), false);
            } else if (element.id == CONCATENATION_16 && element.value.length == 4) {
                told = new Concatenation(element.unsigned16(0), element.unsigned(2), element.unsigned(3), true);
            }
            if (told != null && told.number() >= 1 && told.number() <= told.total()) {
                found = told;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The application ports, from the 16-bit or the 8-bit element; the last of several wins. */
    public Optional<Ports> ports() {
        Optional<Ports> found = Optional.empty();
        for (Element element : elements) {
            if (element.id == PORTS_16 && element.value.length == 4) {
                found = Optional.of(new Ports(element.unsigned16(0), element.unsigned16(2)));
            } else if (element.id == PORTS_8 && element.value.length == 2) {
                found = Optional.of(new Ports(element.unsigned(0), element.unsigned(1)));
            }
        }
        return found;
    }

    /** The national tables of the text; elements of languages without a table here are ignored. The last of several wins. */
    public NationalShift nationalShift() {
        @Nullable NationalLanguage single = null;
        @Nullable NationalLanguage locking = null;
        for (Element element : elements) {
            if (element.value.length == 1) {
                NationalLanguage language = NationalLanguage.of(element.unsigned(0));
                if (element.id == SINGLE_SHIFT) {
                    single = language;
                } else if (element.id == LOCKING_SHIFT) {
                    locking = language != null && language.hasLockingTable() ? language : null;
                }
            }
        }
        return single == null && locking == null ? NationalShift.NONE : new NationalShift(single, locking);
    }

    /** These elements, then further ones. */
    UserDataHeader with(List<Element> further) {
        if (further.isEmpty()) {
            return this;
        }
        List<Element> all = new ArrayList<>(elements);
        all.addAll(further);
        return new UserDataHeader(all);
    }
}
