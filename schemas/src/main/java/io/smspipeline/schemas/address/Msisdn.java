package io.smspipeline.schemas.address;

import java.util.Optional;

/**
 * A handset's number in E.164: a plus sign, then 7 to 15 digits of which the first is not 0. Publishers, routing and
 * receivers all normalise by {@link #parse}, since a number that has two forms has two keys, and its messages no order.
 *
 * @param value such as {@code +447700900123}
 */
public record Msisdn(String value) {
    private static final int FEWEST_DIGITS = 7;
    private static final int MOST_DIGITS = 15;

    /** Refuses what is not canonical; text from outside goes through {@link #parse}. */
    public Msisdn {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException("'" + value + "' is no number in E.164: a plus sign and 7 to 15 digits"
                    + " beginning with the country code are expected.");
        }
    }

    /**
     * Reads a number as people and systems write it: spaces, dashes, dots, slashes, brackets and invisible marks are dropped,
     * so is the {@code (0)} of {@code +44 (0)7700 900123}; a leading {@code 00} means plus; without either the digits are
     * taken to begin with the country code.
     *
     * @return the number, or why there is none; never throws
     */
    public static Parsed parse(String text) {
        String dense = withoutSeparators(text);
        if (dense.isEmpty()) {
            return new Invalid("the number is empty");
        }
        String digits =
                dense.startsWith("+") ? dense.substring(1) : dense.startsWith("00") ? dense.substring(2) : dense;
        for (int i = 0; i < digits.length(); i++) {
            if (!isDigit(digits.charAt(i))) {
                return new Invalid("the number contains '" + new StringBuilder().appendCodePoint(digits.codePointAt(i))
                        + "', which is no digit");
            }
        }
        if (digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
            return new Invalid("the number has " + digits.length()
                    + " digits: E.164 numbers have 7 to 15, beginning with the country code");
        }
        if (digits.charAt(0) == '0') {
            return new Invalid("the number begins with 0: give it with its country code instead, as in +447700900123");
        }
        return new Valid(new Msisdn("+" + digits));
    }

    /** The number without its plus sign, as SMPP wants it with TON 1. */
    public String digits() {
        return value.substring(1);
    }

    /** All but the first four and last two digits hidden: for logs. */
    public String masked() {
        return value.substring(0, 5) + "*".repeat(value.length() - 7) + value.substring(value.length() - 2);
    }

    /** Masked, so that a number does not reach a log by accident. */
    @Override
    public String toString() {
        return masked();
    }

    private static boolean isCanonical(String value) {
        int digits = value.length() - 1;
        if (digits < FEWEST_DIGITS || digits > MOST_DIGITS || value.charAt(0) != '+' || value.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i <= digits; i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String withoutSeparators(String text) {
        StringBuilder dense = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("(0)", i) && isInternational(dense)) {
                i += 2;
            } else if (!isSeparator(text.charAt(i))) {
                dense.append(text.charAt(i));
            }
        }
        return dense.toString();
    }

    private static boolean isInternational(CharSequence soFar) {
        return soFar.length() > 1 && (soFar.charAt(0) == '+' || (soFar.charAt(0) == '0' && soFar.charAt(1) == '0'));
    }

    private static boolean isSeparator(char c) {
        return switch (Character.getType(c)) {
            // Non-breaking spaces, and the direction marks that numbers copied from a contact list carry.
            case Character.SPACE_SEPARATOR, Character.FORMAT, Character.CONTROL -> true;
            case Character.DASH_PUNCTUATION -> true;
            default -> "()[].\u2212/".indexOf(c) >= 0;
        };
    }

    /** What {@link #parse} made of a text. */
    public sealed interface Parsed {
        /** The number, when there is one. */
        Optional<Msisdn> number();
    }

    /** It is a number. */
    public record Valid(Msisdn msisdn) implements Parsed {
        @Override
        public Optional<Msisdn> number() {
            return Optional.of(msisdn);
        }
    }

    /**
     * It is none.
     *
     * @param reason half a sentence for a person, without the text itself
     */
    public record Invalid(String reason) implements Parsed {
        @Override
        public Optional<Msisdn> number() {
            return Optional.empty();
        }
    }
}
