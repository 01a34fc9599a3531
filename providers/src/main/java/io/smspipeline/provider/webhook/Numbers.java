package io.smspipeline.provider.webhook;

import io.smspipeline.schemas.address.Msisdn;

/** Addresses as providers write them, which is mostly international without plus. Pure functions. */
final class Numbers {
    /** Digits of the shortest sender that is taken for a number: shorter ones are short codes. */
    private static final int SHORTEST_SENDER = 9;

    private Numbers() {}

    /** With plus where it is an international number; else as it is. */
    static String handset(String text) {
        return Msisdn.parse(text).number().map(Msisdn::value).orElse(text.strip());
    }

    /** The same for what may as well be a short code or a name. */
    static String sender(String text) {
        String plain = text.strip();
        boolean number = plain.startsWith("+")
                || (plain.length() >= SHORTEST_SENDER && plain.chars().allMatch(c -> c >= '0' && c <= '9'));
        return number ? handset(plain) : plain;
    }
}
