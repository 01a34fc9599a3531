package io.smspipeline.schemas.providerid;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ids of one provider compared: what it said when it took a submission, and what a receipt says. Ids are numbers of any size
 * or any other text; one that is no number of the base it should have is only compared as text. Pure functions, safe for use
 * by many threads.
 */
public final class ProviderIds {
    private static final int DECIMAL = 10;
    private static final int HEX = 16;

    /** Digits that fit a long in either base. */
    private static final int DIGITS_OF_A_LONG = 15;

    private ProviderIds() {}

    /**
     * An id without what providers add or leave out as they please: blanks and NULs around it, the case of letters,
     * {@code 0x} before hexadecimal digits, leading zeros.
     */
    public static String normalised(String id) {
        String text = bare(id);
        int zeros = isMarkedHex(text) ? 2 : 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }

    /**
     * Under what to keep a submission, so that one look-up by {@link #ofReceipt(IdRule, String)} finds it.
     *
     * @param id as in the answer to the submission
     * @return one form, or for {@link IdRule#AUTO} each that a receipt may use, the likeliest first, none twice
     */
    public static List<String> ofSubmit(IdRule rule, String id) {
        String same = normalised(id);
        if (rule != IdRule.AUTO) {
            return List.of(same);
        }
        List<String> forms = new ArrayList<>(3);
        forms.add(same);
        // An id of digits alone is hardly ever a hexadecimal one: eight random hexadecimal digits look so once in 43
        // times.
        if (isNumber(id, DECIMAL)) {
            add(forms, converted(same, DECIMAL, HEX));
        }
        if (isNumber(id, HEX)) {
            add(forms, converted(same, HEX, DECIMAL));
        }
        return List.copyOf(forms);
    }

    private static void add(List<String> forms, String form) {
        if (!forms.contains(form)) {
            forms.add(form);
        }
    }

    /** What to look up for the id in a receipt: it is brought into the form of the answer to the submission. */
    public static String ofReceipt(IdRule rule, String id) {
        return switch (rule) {
            case SAME, AUTO -> normalised(id);
            case HEX_SUBMIT_DECIMAL_RECEIPT -> ofReceipt(id, DECIMAL, HEX);
            case DECIMAL_SUBMIT_HEX_RECEIPT -> ofReceipt(id, HEX, DECIMAL);
        };
    }

    private static String ofReceipt(String id, int base, int otherBase) {
        String plain = normalised(id);
        return isNumber(id, base) ? converted(plain, base, otherBase) : plain;
    }

    /**
     * What to look up for a receipt that may name two ids: in receipted_message_id (SMPP 3.4 §5.3.2.12) and in its text. Some
     * SMSCs write the first as in submit_sm_resp and only the text in another base.
     *
     * @return empty when it names none
     */
    public static String ofReceipt(IdRule rule, @Nullable String tlvId, @Nullable String textId) {
        if (tlvId == null || bare(tlvId).isEmpty()) {
            return textId == null ? "" : ofReceipt(rule, textId);
        }
        if (textId != null && normalised(tlvId).equals(ofReceipt(rule, textId))) {
            return normalised(tlvId);
        }
        return ofReceipt(rule, tlvId);
    }

    /** Whether a receipt with {@code receiptId} speaks of the submission that was answered with {@code submitRespId}. */
    public static boolean matches(IdRule rule, String submitRespId, String receiptId) {
        String lookedUp = ofReceipt(rule, receiptId);
        return !lookedUp.isEmpty() && ofSubmit(rule, submitRespId).contains(lookedUp);
    }

    /**
     * The rule that a pair known to belong together follows, for a person to set.
     *
     * @return never AUTO; empty when the two do not match, or when they do under several rules and so tell nothing ({@code 7}
     *     is the same number in both bases)
     */
    public static Optional<IdRule> observed(String submitRespId, String receiptId) {
        List<IdRule> fitting = new ArrayList<>(3);
        if (matches(IdRule.SAME, submitRespId, receiptId)) {
            fitting.add(IdRule.SAME);
        }
        if (isNumber(submitRespId, HEX)
                && isNumber(receiptId, DECIMAL)
                && matches(IdRule.HEX_SUBMIT_DECIMAL_RECEIPT, submitRespId, receiptId)) {
            fitting.add(IdRule.HEX_SUBMIT_DECIMAL_RECEIPT);
        }
        if (isNumber(submitRespId, DECIMAL)
                && isNumber(receiptId, HEX)
                && matches(IdRule.DECIMAL_SUBMIT_HEX_RECEIPT, submitRespId, receiptId)) {
            fitting.add(IdRule.DECIMAL_SUBMIT_HEX_RECEIPT);
        }
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    private static String converted(String digits, int base, int otherBase) {
        return digits.length() <= DIGITS_OF_A_LONG
                ? Long.toString(Long.parseLong(digits, base), otherBase)
                : new BigInteger(digits, base).toString(otherBase);
    }

    private static boolean isNumber(String id, int base) {
        String text = bare(id);
        boolean marked = isMarkedHex(text);
        return marked ? base == HEX : isDigits(text, 0, base);
    }

    private static boolean isMarkedHex(String bare) {
        return bare.startsWith("0x") && isDigits(bare, 2, HEX);
    }

    private static boolean isDigits(String text, int from, int base) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(base == HEX && c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return from < text.length();
    }

    /** trim() takes away every control character, NUL among them; strip() the other blanks. */
    private static String bare(String id) {
        return id.trim().strip().toLowerCase(Locale.ROOT);
    }
}
