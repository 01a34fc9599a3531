package io.smspipeline.router.routing;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
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

    /** Codes that span countries, such as satellites, have this in place of one. */
    private static final String NON_GEOGRAPHIC = "001";

    private static final Destination UNKNOWN = new Destination(NOWHERE, Set.of(NumberType.UNKNOWN));

    public Destination {
        types = Set.copyOf(types);
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
