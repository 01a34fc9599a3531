package io.smspipeline.router.entry;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.smspipeline.schemas.address.Msisdn;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How recipients are read. Immutable; safe for use by many threads.
 *
 * @param check how much is asked of a number
 * @param region where numbers without a country code are, ISO 3166-1 alpha-2; null when they have one always
 * @param regionOfTenant the same for some tenants
 */
public record Recipients(Check check, @Nullable String region, Map<String, String> regionOfTenant) {
    /** The form of E.164, and a country code always. */
    public static final Recipients DEFAULT = new Recipients(Check.FORM, null, Map.of());

    public Recipients {
        regionOfTenant = Map.copyOf(regionOfTenant);
    }

    /** How much is asked of a number. */
    public enum Check {
        /** 7 to 15 digits. Number plans change every week, and the handset network knows best. */
        FORM,
        /** Also: a country code that exists, and as many digits as numbers there have. */
        POSSIBLE,
        /** Also: in a range that is in use, as far as this version knows. */
        VALID
    }

    /** Whether such a region is known. */
    static boolean knows(String region) {
        return PhoneNumberUtil.getInstance().getSupportedRegions().contains(region);
    }

    /**
     * Reads a recipient as somebody wrote it. With a region it is first read as people dial there, then as digits beginning
     * with a country code.
     *
     * @param tenant on whose behalf; null for nobody's in particular
     */
    public Msisdn.Parsed read(String text, @Nullable String tenant) {
        String where = tenant == null ? region : regionOfTenant.getOrDefault(tenant, region);
        Optional<PhoneNumber> dialled =
                where == null || isInternational(text) ? Optional.empty() : dialled(text, where);
        Msisdn.Parsed parsed = dialled.isPresent()
                ? Msisdn.parse(PhoneNumberUtil.getInstance().format(dialled.get(), PhoneNumberFormat.E164))
                : Msisdn.parse(text);
        return check == Check.FORM || !(parsed instanceof Msisdn.Valid valid) ? parsed : checked(valid);
    }

    private static boolean isInternational(String text) {
        return text.strip().startsWith("+");
    }

    private static Optional<PhoneNumber> dialled(String text, String region) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = numbers.parse(text, region);
            return number.getExtension().isEmpty()
                            && numbers.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE
                    ? Optional.of(number)
                    : Optional.empty();
        } catch (NumberParseException e) {
            // Then perhaps it has a country code.
            return Optional.empty();
        }
    }

    private Msisdn.Parsed checked(Msisdn.Valid valid) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        PhoneNumber number;
        try {
            number = numbers.parse(valid.msisdn().value(), null);
        } catch (NumberParseException e) {
            return new Msisdn.Invalid("no country has the code it begins with");
        }
        String country = "country code " + number.getCountryCode();
        ValidationResult possible = numbers.isPossibleNumberWithReason(number);
        return switch (possible) {
            case IS_POSSIBLE ->
                check == Check.POSSIBLE || numbers.isValidNumber(number)
                        ? valid
                        : new Msisdn.Invalid("no range in use with " + country + " has it");
            case TOO_SHORT -> new Msisdn.Invalid("it has fewer digits than numbers with " + country);
            case TOO_LONG -> new Msisdn.Invalid("it has more digits than numbers with " + country);
            case IS_POSSIBLE_LOCAL_ONLY -> new Msisdn.Invalid("its area code is missing, " + country);
            case INVALID_COUNTRY_CODE -> new Msisdn.Invalid("no country has the code it begins with");
            case INVALID_LENGTH -> new Msisdn.Invalid("no number with " + country + " has so many digits");
        };
    }
}
