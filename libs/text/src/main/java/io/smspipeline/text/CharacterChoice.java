package io.smspipeline.text;

import io.smspipeline.text.ReplacementTable.Rewritten;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A text as it will be sent, and in which encoding. In GSM7 and AUTO what loses nothing goes first: the default tables, then
 * national ones, then replaced characters in the default tables, then in national ones, then UCS-2.
 *
 * @param septets of GSM7; else -1
 */
record CharacterChoice(String text, Encoding encoding, NationalShift shift, int septets, List<Replacement> replaced) {

    /** @throws UnencodableTextException when nothing carries it as asked */
    static CharacterChoice of(String text, EncodingRules rules) {
        return switch (rules.asked()) {
            case AUTO, GSM7 -> {
                int septets = rules.septetsInDefaultTables(text);
                yield septets >= 0
                        ? new CharacterChoice(text, Encoding.GSM7, NationalShift.NONE, septets, List.of())
                        : beyondDefaultTables(text, rules);
            }
            case UCS2 -> carriedBy(Encoding.UCS2, text, rules);
            case LATIN1 -> carriedBy(Encoding.LATIN1, text, rules);
        };
    }

    private static CharacterChoice beyondDefaultTables(String text, EncodingRules rules) {
        List<NationalShift> shifts = shifts(rules.languages());
        CharacterChoice found = shortest(text, shifts, List.of());
        if (found == null && rules.transliteration() != Transliteration.NEVER) {
            Rewritten rewritten = ReplacementTable.TYPOGRAPHY.rewrite(text, rules::defaultTablesCarry);
            int septets = rules.septetsInDefaultTables(rewritten.text());
            found = septets < 0
                    ? null
                    : new CharacterChoice(
                            rewritten.text(), Encoding.GSM7, NationalShift.NONE, septets, rewritten.replaced());
            for (NationalShift shift : shifts) {
                if (found == null) {
                    rewritten = ReplacementTable.TYPOGRAPHY.rewrite(text, Gsm7.of(shift)::carries);
                    found = shortest(rewritten.text(), List.of(shift), rewritten.replaced());
                }
            }
        }
        if (found != null) {
            return found;
        }
        if (rules.asked() == EncodingChoice.GSM7) {
            IntPredicate carried =
                    shifts.isEmpty() ? rules::defaultTablesCarry : Gsm7.of(shifts.get(shifts.size() - 1))::carries;
            throw refusal(text, Encoding.GSM7, carried, rules);
        }
        return carriedBy(Encoding.UCS2, text, rules);
    }

    /**
     * The tables that carry the text in the fewest parts; of equals the first, which is the single shift table: a handset that
     * does not know it shows a few characters wrong, with an unknown locking table the whole text.
     */
    private static @Nullable CharacterChoice shortest(
            String text, List<NationalShift> shifts, List<Replacement> replaced) {
        CharacterChoice shortest = null;
        int least = Integer.MAX_VALUE;
        for (NationalShift shift : shifts) {
            int septets = Gsm7.of(shift).septets(text);
            int parts = parts(septets, 3 * shift.elements().size());
            if (septets >= 0 && parts < least) {
                least = parts;
                shortest = new CharacterChoice(text, Encoding.GSM7, shift, septets, replaced);
            }
        }
        return shortest;
    }

    /** @param elements octets of the header elements that name the tables */
    private static int parts(int septets, int elements) {
        int room = Encoding.GSM7.roomBeside(Segmentation.UDH8.headerOctets() + elements);
        return septets <= Encoding.GSM7.roomBeside(1 + elements) ? 1 : (septets + room - 1) / room;
    }

    /** Every way to use the tables of these languages. */
    private static List<NationalShift> shifts(List<NationalLanguage> languages) {
        List<NationalShift> shifts = new ArrayList<>();
        for (NationalLanguage language : languages) {
            shifts.add(new NationalShift(language, null));
            if (language.hasLockingTable()) {
                shifts.add(new NationalShift(null, language));
                shifts.add(new NationalShift(language, language));
            }
        }
        return shifts;
    }

    private static CharacterChoice carriedBy(Encoding encoding, String text, EncodingRules rules) {
        boolean ucs2 = encoding == Encoding.UCS2;
        boolean always = rules.transliteration() == Transliteration.ALWAYS;
        if (everyCharacter(text, encoding) && !(ucs2 && always)) {
            return new CharacterChoice(text, encoding, NationalShift.NONE, -1, List.of());
        }
        // UCS-2 lacks no character: whoever replaces always means those that GSM 03.38 lacks.
        IntPredicate kept = ucs2 ? rules::defaultTablesCarry : codePoint -> codePoint <= 0xFF;
        Rewritten rewritten = rewritten(text, kept, rules);
        if (everyCharacter(rewritten.text(), encoding)) {
            return new CharacterChoice(rewritten.text(), encoding, NationalShift.NONE, -1, rewritten.replaced());
        }
        throw refusal(text, encoding, ucs2 ? Ucs2::carries : kept, rules);
    }

    private static Rewritten rewritten(String text, IntPredicate carried, EncodingRules rules) {
        return rules.transliteration() == Transliteration.NEVER
                ? new Rewritten(text, List.of())
                : ReplacementTable.TYPOGRAPHY.rewrite(text, carried);
    }

    private static UnencodableTextException refusal(
            String text, Encoding encoding, IntPredicate carried, EncodingRules rules) {
        return UnencodableTextException.of(
                text, encoding, carried, rewritten(text, carried, rules).replaced());
    }

    private static boolean everyCharacter(String text, Encoding encoding) {
        if (encoding == Encoding.UCS2) {
            return Ucs2.carries(text);
        }
        for (int i = 0, end = text.length(); i < end; i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }
}
