package io.smspipeline.provider.smpp.submit;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the id in submit_sm_resp and the id in a receipt relate. Both are brought into the form of the submit_sm_resp (lower
 * case, no leading zeros), so that one look-up finds the message. An id that is no number of the base it should have is only
 * compared as text.
 */
public enum MessageIdFormat {
    /** Equal but for case and leading zeros. */
    SAME(0, 0),
    /** Hexadecimal in submit_sm_resp, decimal in receipts. */
    HEX_SUBMIT_DECIMAL_RECEIPT(16, 10),
    /** Decimal in submit_sm_resp, hexadecimal in receipts. */
    DECIMAL_SUBMIT_HEX_RECEIPT(10, 16);

    private final int submitBase;
    private final int receiptBase;

    MessageIdFormat(int submitBase, int receiptBase) {
        this.submitBase = submitBase;
        this.receiptBase = receiptBase;
    }

    /** The correlation id of what submit_sm_resp said. */
    public String ofSubmit(String id) {
        return plain(id);
    }

    /** The correlation id of what a receipt says. */
    public String ofReceipt(String id) {
        if (submitBase == receiptBase || !isNumber(id, receiptBase)) {
            return plain(id);
        }
        // Ids exceed 64 bits.
        return new BigInteger(id.strip(), receiptBase).toString(submitBase);
    }

    /**
     * The correlation id of a receipt that may name two: by TLV and in its text. Some SMSCs write the TLV as in
     * submit_sm_resp and only the text in another base.
     *
     * @return empty when it names none
     */
    public String ofReceipt(@Nullable String tlvId, @Nullable String textId) {
        if (tlvId == null || tlvId.isBlank()) {
            return textId == null ? "" : ofReceipt(textId);
        }
        if (textId != null && plain(tlvId).equals(ofReceipt(textId))) {
            return plain(tlvId);
        }
        return ofReceipt(tlvId);
    }

    private static boolean isNumber(String id, int base) {
        String digits = id.strip();
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) > 'f' || Character.digit(digits.charAt(i), base) < 0) {
                return false;
            }
        }
        return !digits.isEmpty();
    }

    private static String plain(String id) {
        String text = id.strip().toLowerCase(Locale.ROOT);
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }
}
