package io.smspipeline.text;

import java.util.ArrayList;
import java.util.List;

/** The encoding asked for has no octets for some characters of the text. */
public final class UnencodableTextException extends TextRefusedException {
    private static final long serialVersionUID = 1L;

    /** Enough to mend a text; a whole novel in the wrong alphabet is not listed. */
    private static final int LISTED = 10;

    private final Encoding encoding;
    private final transient List<Misfit> misfits;

    /**
     * A character without octets.
     *
     * @param codePoint the character; half a surrogate pair stands for itself
     * @param position where it begins, in UTF-16 units from 0, as {@link String#charAt} counts
     */
    public record Misfit(int codePoint, int position) {
        @Override
        public String toString() {
            String shown = Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE
                    ? ""
                    : "'" + Character.toString(codePoint) + "' ";
            return shown + "U+" + "%04X".formatted(codePoint) + " at " + position;
        }
    }

    private UnencodableTextException(String message, Encoding encoding, List<Misfit> misfits) {
        super(message);
        this.encoding = encoding;
        this.misfits = misfits;
    }

    static UnencodableTextException of(String text, Encoding encoding) {
        List<Misfit> listed = new ArrayList<>();
        int all = 0;
        int codePoint;
        for (int at = 0; at < text.length(); at += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(at);
            if (!carries(encoding, codePoint)) {
                all++;
                if (listed.size() < LISTED) {
                    listed.add(new Misfit(codePoint, at));
                }
            }
        }
        StringBuilder message = new StringBuilder("text cannot be sent as " + encoding + ", which has no ");
        for (int i = 0; i < listed.size(); i++) {
            message.append(i == 0 ? "" : ", ").append(listed.get(i));
        }
        if (all > listed.size()) {
            message.append(" and ").append(all - listed.size()).append(" more");
        }
        message.append(
                encoding == Encoding.UCS2
                        ? ": half a surrogate pair is no character. Replace it."
                        : ": replace them, or ask for UCS2 or AUTO.");
        return new UnencodableTextException(message.toString(), encoding, List.copyOf(listed));
    }

    private static boolean carries(Encoding encoding, int codePoint) {
        return switch (encoding) {
            case GSM7 -> Gsm7.carries(codePoint);
            case UCS2 -> Character.getType(codePoint) != Character.SURROGATE;
            case LATIN1 -> codePoint <= 0xFF;
            case BINARY -> false;
        };
    }

    /** The encoding that was asked for. */
    public Encoding encoding() {
        return encoding;
    }

    /** The first ten characters without octets, in order. */
    public List<Misfit> misfits() {
        return misfits == null ? List.of() : misfits;
    }
}
