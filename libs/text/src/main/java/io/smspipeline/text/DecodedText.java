package io.smspipeline.text;

import org.jspecify.annotations.Nullable;

/**
 * What a {@code short_message} (or {@code message_payload}) says. Immutable as long as nobody writes to the array.
 */
public final class DecodedText {
    private final UserDataHeader header;
    private final boolean wellFormed;
    private final byte[] body;
    private final @Nullable String text;

    DecodedText(UserDataHeader header, boolean wellFormed, byte[] body, @Nullable String text) {
        this.header = header;
        this.wellFormed = wellFormed;
        this.body = body;
        this.text = text;
    }

    /** {@link UserDataHeader#NONE} when there is none that can be read. */
    public UserDataHeader header() {
        return header;
    }

    /** False when a header was announced and its octets contradict themselves. */
    public boolean wellFormed() {
        return wellFormed;
    }

    /** The octets behind the header, septets unpacked; not to be written to. */
    public byte[] body() {
        return body;
    }

    /** The characters; null when the coding says 8-bit data, or is one we do not know. */
    public @Nullable String text() {
        return text;
    }

    @Override
    public String toString() {
        return "DecodedText[" + body.length + " octets, " + (text == null ? "binary" : text.length() + " characters")
                + "]";
    }
}
