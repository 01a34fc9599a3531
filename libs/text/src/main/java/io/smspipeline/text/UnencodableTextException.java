package io.smspipeline.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

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
            String shown = switch (Character.getType(codePoint)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> "";
                // On a dotted circle: alone it would sit on the quote before it.
                case Character.NON_SPACING_MARK -> "'\u25CC" + Character.toString(codePoint) + "' ";
                default -> "'" + Character.toString(codePoint) + "' ";
            };
            return shown + "U+" + "%04X".formatted(codePoint) + " at " + position;
        }
    }

    private UnencodableTextException(String message, Encoding encoding, List<Misfit> misfits) {
        super(message);
        this.encoding = encoding;
        this.misfits = misfits;
    }

    /** @param replaced what is no misfit, since something else can be sent in its place; in order */
    static UnencodableTextException of(
            String text, Encoding encoding, IntPredicate carried, List<Replacement> replaced) {
        List<Misfit> listed = new ArrayList<>();
        int all = 0;
        int nextReplaced = 0;
        int length;
        for (int at = 0; at < text.length(); at += length) {
            int codePoint = text.codePointAt(at);
            length = Character.charCount(codePoint);
            if (nextReplaced < replaced.size() && replaced.get(nextReplaced).position() == at) {
                length = replaced.get(nextReplaced++).original().length();
            } else if (!carried.test(codePoint)) {
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

    /** The encoding that was asked for. */
    public Encoding encoding() {
        return encoding;
    }

    /** The first ten characters without octets, in order. */
    public List<Misfit> misfits() {
        return misfits == null ? List.of() : misfits;
    }
}
