package io.smspipeline.router.routing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.Set;

/**
 * Where a number leads, by libphonenumber's numbering plans.
 *
 * @param country ISO 3166-1 alpha-2 in upper case; of a number no plan knows the main country of its code, and {@code ZZ}
 *     where the code belongs to no country
 * @param types kinds of line it may be; plans such as North America's do not tell mobile from fixed lines, so there it is both
 */
public record Destination(String country, Set<NumberType> types) {
    private static final String NOWHERE = "ZZ";
    private static final int LONGEST_CODE = 3;

    /** Codes that span countries, such as satellites, have this in place of one. */
    private static final String NON_GEOGRAPHIC = "001";

    private static final Destination UNKNOWN = new Destination(NOWHERE, Set.of(NumberType.UNKNOWN));

    public Destination {
        types = Set.copyOf(types);
    }

    /**
     * The country alone, as {@link #of} tells it, at a fraction of the cost: for what happens to every message.
     *
     * @param number in E.164
     */
    public static String countryOf(String number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        int code = 0;
        for (int digits = 1; digits <= LONGEST_CODE && digits < number.length() && number.charAt(0) == '+'; digits++) {
            code = code * 10 + number.charAt(digits) - '0';
            // Codes are prefix-free (ITU-T E.164): the first that there is is the one.
            List<String> regions = plans.getRegionCodesForCountryCode(code);
            if (regions.size() == 1) {
                return regions.get(0).equals(NON_GEOGRAPHIC) ? NOWHERE : regions.get(0);
            }
            if (!regions.isEmpty()) {
                break;
            }
        }
        return of(number).country();
    }

    /**
     * Where a number leads.
     *
     * @param number in E.164
     */
    public static Destination of(String number) {
        PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
        PhoneNumber parsed;
        try {
            parsed = plans.parse(number, null);
        } catch (NumberParseException e) {
            return UNKNOWN;
        }
        String region = plans.getRegionCodeForNumber(parsed);
        if (region == null) {
            region = plans.getRegionCodeForCountryCode(parsed.getCountryCode());
        }
        String country = region.equals(NON_GEOGRAPHIC) ? NOWHERE : region;
        PhoneNumberType type = plans.getNumberType(parsed);
        return new Destination(
                country,
                type == PhoneNumberType.FIXED_LINE_OR_MOBILE
                        ? Set.of(NumberType.FIXED_LINE, NumberType.MOBILE)
                        : Set.of(NumberType.valueOf(type.name())));
    }
}
