package io.smspipeline.router.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DestinationTest {
    private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();

    @Test
    void the_country_alone_is_the_one_that_the_whole_answer_names_for_every_plan_there_is() {
        for (String region : plans.getSupportedRegions()) {
            for (PhoneNumberType type : plans.getSupportedTypesForRegion(region)) {
                PhoneNumber example = plans.getExampleNumberForType(region, type);
                if (example != null) {
                    agrees(plans.format(example, PhoneNumberFormat.E164));
                }
            }
        }
        for (int code : plans.getSupportedGlobalNetworkCallingCodes()) {
            agrees(plans.format(plans.getExampleNumberForNonGeoEntity(code), PhoneNumberFormat.E164));
        }
    }

    @Test
    void the_country_alone_is_the_one_that_the_whole_answer_names_for_any_digits() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder number = new StringBuilder("+").append(1 + random.nextInt(9));
            int length = 7 + random.nextInt(9);
            while (number.length() <= length) {
                number.append(random.nextInt(10));
            }
            agrees(number.toString());
        }
    }

    private static void agrees(String number) {
        assertThat(Destination.countryOf(number))
                .as(number)
                .isEqualTo(Destination.of(number).country());
    }
}
