package io.smspipeline.provider.smpp.submit;

import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import java.util.Optional;

/**
 * An address as SMPP wants it (3.4 §5.2.5, §5.2.6).
 *
 * @param ton type of number: 0 unknown, 1 international, 2 national, 3 network specific, 5 alphanumeric, 6 abbreviated
 * @param npi numbering plan: 0 unknown, 1 ISDN (E.164)
 * @param text at most 20 characters, ASCII
 */
public record Address(int ton, int npi, String text) {
    /** Lets the SMSC choose. */
    public static final Address NONE = new Address(0, 0, "");

    private static final int INTERNATIONAL = 1;
    private static final int NETWORK_SPECIFIC = 3;
    private static final int ALPHANUMERIC = 5;
    private static final int ISDN = 1;

    /** Septets of an alphanumeric address: what the eleven octets of a packed TP-OA hold (3GPP TS 23.040 §9.1.2.5). */
    private static final int ALPHANUMERIC_SEPTETS = 11;

    /**
     * A sender id. Digits with a leading plus, or 9 to 15 of them, are international; 3 to 8 digits a short code; anything
     * else an alphanumeric sender of at most 11 characters.
     *
     * @return empty when it is none of these
     */
    public static Optional<Address> ofSender(String from) {
        if (from.isEmpty()) {
            return Optional.of(NONE);
        }
        String digits = from.startsWith("+") ? from.substring(1) : from;
        if (!isDigits(digits)) {
            return isAlphanumericSender(from) ? Optional.of(new Address(ALPHANUMERIC, 0, from)) : Optional.empty();
        }
        if (from.startsWith("+") ? digits.length() >= 7 : digits.length() >= 9) {
            return digits.length() <= 15 ? Optional.of(new Address(INTERNATIONAL, ISDN, digits)) : Optional.empty();
        }
        return !from.startsWith("+") && digits.length() >= 3
                ? Optional.of(new Address(NETWORK_SPECIFIC, 0, digits))
                : Optional.empty();
    }

    /** A handset; empty when it is no number in E.164. */
    public static Optional<Address> ofRecipient(String to) {
        // Routing has normalised nearly all of them.
        if (to.length() >= 8 && to.length() <= 16 && to.charAt(0) == '+' && to.charAt(1) != '0') {
            String digits = to.substring(1);
            if (isDigits(digits)) {
                return Optional.of(new Address(INTERNATIONAL, ISDN, digits));
            }
        }
        return Msisdn.parse(to).number().map(number -> new Address(INTERNATIONAL, ISDN, number.digits()));
    }

    /** What an address is, as its own type of number tells. */
    enum Kind {
        INTERNATIONAL,
        SHORT_CODE,
        ALPHANUMERIC,
        NONE
    }

    /** Of an address whose type of number is what followed from it. */
    Kind kind() {
        return switch (ton) {
            case INTERNATIONAL -> Kind.INTERNATIONAL;
            case NETWORK_SPECIFIC -> Kind.SHORT_CODE;
            case ALPHANUMERIC -> Kind.ALPHANUMERIC;
            default -> Kind.NONE;
        };
    }

    /** With another TON and NPI where the account demands them; negative leaves it as it is. */
    public Address numbered(int otherTon, int otherNpi) {
        return otherTon < 0 && otherNpi < 0
                ? this
                : new Address(otherTon < 0 ? ton : otherTon, otherNpi < 0 ? npi : otherNpi, text);
    }

    /** As the pipeline writes it: international numbers with their plus. */
    public String written() {
        return written(ton, text);
    }

    /** As the pipeline writes an address that came from outside. Only the type of number makes it international. */
    public static String written(int ton, String text) {
        if (ton != INTERNATIONAL || text.isEmpty() || text.startsWith("+")) {
            return text;
        }
        return "+" + (text.startsWith("00") ? text.substring(2) : text);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAlphanumericSender(String from) {
        if (from.length() > ALPHANUMERIC_SEPTETS) {
            return false;
        }
        for (int i = 0; i < from.length(); i++) {
            // Addresses have no data_coding: beyond ASCII nobody knows which alphabet the SMSC reads.
            if (from.charAt(i) < ' ' || from.charAt(i) > '~') {
                return false;
            }
        }
        try {
            return TextEncoder.encode(from, EncodingChoice.GSM7, Segmentation.UDH8, 0)
                            .units()
                    <= ALPHANUMERIC_SEPTETS;
        } catch (TextRefusedException e) {
            return false;
        }
    }
}
