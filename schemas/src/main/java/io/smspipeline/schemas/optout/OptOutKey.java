package io.smspipeline.schemas.optout;

import java.util.Locale;

/**
 * A handset and who it wants nothing from. SMSCs and aggregators write one sender with and without plus or zeros, and names in
 * any case: here it has one form.
 *
 * @param handset number in E.164
 * @param sender as {@link #comparable} gives it; {@link #EVERYBODY} for all of them
 */
public record OptOutKey(String handset, String sender) {
    /** Stands for every sender. */
    public static final String EVERYBODY = "*";

    /** Of a sender as it was written somewhere. */
    public static OptOutKey of(String handset, String sender) {
        return new OptOutKey(handset, comparable(sender));
    }

    /** Of every sender. */
    public static OptOutKey ofEverybody(String handset) {
        return new OptOutKey(handset, EVERYBODY);
    }

    /** Key of {@code sms.opt-out}, whose partition is that of the handset alone. */
    public String text() {
        return handset + "|" + sender;
    }

    /** Digits without leading zeros where it is a number, else the characters in upper case. */
    public static String comparable(String address) {
        if (address.equals(EVERYBODY)) {
            return EVERYBODY;
        }
        StringBuilder digits = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (Character.isLetter(c)) {
                return address.strip().toUpperCase(Locale.ROOT);
            }
            if (c >= '0' && c <= '9' && !(c == '0' && digits.length() == 0)) {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
