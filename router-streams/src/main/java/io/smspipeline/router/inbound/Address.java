package io.smspipeline.router.inbound;

import java.util.Locale;

/** Addresses made comparable: SMSCs write the same number with and without plus or zeros, and names in any case. */
final class Address {
    private Address() {}

    /** Digits without leading zeros where it is a number, else the characters in upper case. */
    static String comparable(String address) {
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
