package io.smspipeline.router.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.router.entry.Recipients.Check;
import io.smspipeline.schemas.address.Msisdn;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How recipients are read. */
class RecipientsTest {
    private static String read(Check check, @Nullable String region, String text) {
        Msisdn.Parsed parsed = new Recipients(check, region, Map.of("acme", "US")).read(text, null);
        return parsed instanceof Msisdn.Valid valid ? valid.msisdn().value() : ((Msisdn.Invalid) parsed).reason();
    }

    @ParameterizedTest
    @CsvSource({
        "GB, 07700 900123,     +447700900123",
        "GB, 7700900123,       +447700900123",
        "GB, 447700900123,     +447700900123",
        "GB, 0044 7700 900123, +447700900123",
        "GB, +1 202 555 0123,  +12025550123",
        "US, (202) 555-0123,   +12025550123",
        "US, 447700900123,     +447700900123",
        "DE, 0171 1234567,     +491711234567",
        "IT, 06 6988 3712,     +390669883712",
    })
    void a_region_s_people_write_numbers_as_they_dial_them(String region, String text, String number) {
        assertThat(read(Check.FORM, region, text)).isEqualTo(number);
    }

    @Test
    void without_a_region_a_number_begins_with_its_country_code() {
        assertThat(read(Check.FORM, null, "447700900123")).isEqualTo("+447700900123");
        assertThat(read(Check.FORM, null, "07700900123")).contains("begins with 0");
    }

    @Test
    void a_tenant_may_have_a_region_of_its_own() {
        Recipients recipients = new Recipients(Check.FORM, "GB", Map.of("acme", "US"));

        assertThat(recipients.read("2025550123", "acme").number()).contains(new Msisdn("+12025550123"));
        assertThat(recipients.read("07700900123", "other").number()).contains(new Msisdn("+447700900123"));
    }

    @ParameterizedTest
    @CsvSource({
        "FORM,     +15550100,      +15550100",
        "POSSIBLE, +15550100,      its area code is missing",
        "POSSIBLE, +33612345,      fewer digits than numbers with country code 33",
        "POSSIBLE, +447700900123,  +447700900123",
        "POSSIBLE, +44770090012345, more digits than numbers with country code 44",
        "POSSIBLE, +9991234567,    no country has the code",
        "POSSIBLE, +12005550123,   +12005550123",
        "VALID,    +12005550123,   no range in use with country code 1",
        "VALID,    +447700900123,  no range in use with country code 44",
        "VALID,    +447400123456,  +447400123456",
        "VALID,    +4915112345678, +4915112345678",
    })
    void as_much_is_asked_as_configured(Check check, String text, String answer) {
        assertThat(read(check, null, text)).contains(answer);
    }

    @Test
    void what_is_no_number_is_told_to_be_none_whatever_the_region() {
        assertThat(read(Check.FORM, "GB", "hello")).contains("which is no digit");
        assertThat(read(Check.FORM, "GB", "")).contains("empty");
    }
}
