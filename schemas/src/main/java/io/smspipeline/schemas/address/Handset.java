package io.smspipeline.schemas.address;

/**
 * Whether two spellings are of one handset. SMSCs give back a number with or without plus, zeros or country code. Pure, safe
 * for use by many threads.
 */
public final class Handset {
    /** A shorter end would be that of too many numbers. */
    private static final int LEAST = 7;

    private Handset() {}

    /** True as well when one of them says nothing at all. */
    public static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        String a = significant(one);
        String b = significant(other);
        if (a.isEmpty() || b.isEmpty() || a.equals(b)) {
            return true;
        }
        String shorter = a.length() < b.length() ? a : b;
        String longer = a.length() < b.length() ? b : a;
        return shorter.length() >= LEAST && longer.endsWith(shorter);
    }

    private static String significant(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= '0' && c <= '9' && !(c == '0' && digits.length() == 0)) {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
