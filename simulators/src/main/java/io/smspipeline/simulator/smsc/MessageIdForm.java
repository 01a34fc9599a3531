package io.smspipeline.simulator.smsc;

import java.util.Locale;

/** How message ids are written in submit_sm_resp and in receipts; SMSCs differ, and some differ from themselves. */
public enum MessageIdForm {
    DECIMAL(false, false),
    HEX(true, true),
    HEX_SUBMIT_DECIMAL_RECEIPT(true, false),
    DECIMAL_SUBMIT_HEX_RECEIPT(false, true);

    private final boolean hexInAnswer;
    private final boolean hexInReceipt;

    MessageIdForm(boolean hexInAnswer, boolean hexInReceipt) {
        this.hexInAnswer = hexInAnswer;
        this.hexInReceipt = hexInReceipt;
    }

    String inAnswer(long id) {
        return written(id, hexInAnswer);
    }

    String inReceipt(long id) {
        return written(id, hexInReceipt);
    }

    /** The number that an id in an answer was written from; -1 when this form writes no such id. */
    long number(String idInAnswer) {
        try {
            return Long.parseLong(idInAnswer, hexInAnswer ? 16 : 10);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String written(long id, boolean hex) {
        return hex ? Long.toHexString(id).toUpperCase(Locale.ROOT) : Long.toString(id);
    }
}
