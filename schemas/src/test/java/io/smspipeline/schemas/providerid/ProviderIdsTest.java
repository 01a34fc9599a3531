package io.smspipeline.schemas.providerid;

import static io.smspipeline.schemas.providerid.IdRule.AUTO;
import static io.smspipeline.schemas.providerid.IdRule.DECIMAL_SUBMIT_HEX_RECEIPT;
import static io.smspipeline.schemas.providerid.IdRule.HEX_SUBMIT_DECIMAL_RECEIPT;
import static io.smspipeline.schemas.providerid.IdRule.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderIdsTest {
    @ParameterizedTest
    @CsvSource({
        "SAME, 00C0FFEE, c0ffee, true",
        "SAME, 0221067780, 221067780, true",
        "SAME, 3F2504E0-4F89-41D3-9A0C-0305E82C3301, 3f2504e0-4f89-41d3-9a0c-0305e82c3301, true",
        "SAME, 0x1A, 1a, true",
        "SAME, 1a, 0X001A, true",
        "SAME, '  77 ', 77, true",
        "SAME, 000, 0, true",
        "SAME, 12340, 1234, false",
        "SAME, 10, 16, false",
        "SAME, 0118Z-0122I, 118z-0122i, true",
        "SAME, '', '', false",
        "SAME, '', 1, false",
        "HEX_SUBMIT_DECIMAL_RECEIPT, B, 11, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 4a5f2c, 0004874028, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 0x4A5F2C, 4874028, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 10, 10, false",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 10, 16, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, ffffffffffffffffffffffffffffffff, 340282366920938463463374607431768211455, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 8000000000000000, 9223372036854775808, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, 3f2504e0-4f89-41d3-9a0c-0305e82c3301, 3F2504E0-4F89-41D3-9A0C-0305E82C3301, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, order-7, ORDER-7, true",
        "HEX_SUBMIT_DECIMAL_RECEIPT, '', 0, false",
        "DECIMAL_SUBMIT_HEX_RECEIPT, 4874028, 4A5F2C, true",
        "DECIMAL_SUBMIT_HEX_RECEIPT, 4874028, 0x004a5f2c, true",
        "DECIMAL_SUBMIT_HEX_RECEIPT, 4874028, 4874028, false",
        "DECIMAL_SUBMIT_HEX_RECEIPT, 9223372036854775808, 8000000000000000, true",
        "DECIMAL_SUBMIT_HEX_RECEIPT, 0000000016, 00000010, true",
        "AUTO, 4a5f2c, 4874028, true",
        "AUTO, 4874028, 4a5f2c, true",
        "AUTO, 4a5f2c, 004A5F2C, true",
        "AUTO, order-7, Order-7, true",
        "AUTO, order-7, order-8, false",
        "AUTO, 10, 16, true",
        "AUTO, 10, a, true",
        "AUTO, 10, 11, false",
    })
    void ids_match_under_a_rule(IdRule rule, String submitRespId, String receiptId, boolean match) {
        assertThat(ProviderIds.matches(rule, submitRespId, receiptId)).isEqualTo(match);
    }

    @Test
    void a_nul_that_came_along_is_no_part_of_an_id() {
        assertThat(ProviderIds.normalised("00ab\0")).isEqualTo("ab");
        assertThat(ProviderIds.matches(HEX_SUBMIT_DECIMAL_RECEIPT, "0B\0\0", "\t11\0"))
                .isTrue();
    }

    @Test
    void digits_of_other_scripts_are_text() {
        assertThat(ProviderIds.matches(HEX_SUBMIT_DECIMAL_RECEIPT, "b", "\u0661\u0661"))
                .isFalse();
    }

    @Test
    void auto_knows_each_form_once_and_the_likeliest_first() {
        assertThat(ProviderIds.ofSubmit(AUTO, "00C0FFEE")).containsExactly("c0ffee", "12648430");
        assertThat(ProviderIds.ofSubmit(AUTO, "10")).containsExactly("10", "a", "16");
        assertThat(ProviderIds.ofSubmit(AUTO, "0x10")).containsExactly("10", "16");
        assertThat(ProviderIds.ofSubmit(AUTO, "7")).containsExactly("7");
        assertThat(ProviderIds.ofSubmit(AUTO, "order-7")).containsExactly("order-7");
        assertThat(ProviderIds.ofSubmit(AUTO, "")).containsExactly("");
        assertThat(ProviderIds.ofSubmit(SAME, "00C0FFEE")).containsExactly("c0ffee");
    }

    @Test
    void a_number_of_any_size_is_found_again_under_its_rule_and_under_auto() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            BigInteger number = new BigInteger(1 + random.nextInt(200), random);
            String hex = "0".repeat(random.nextInt(4))
                    + (random.nextBoolean()
                            ? number.toString(16).toUpperCase(java.util.Locale.ROOT)
                            : number.toString(16));
            String decimal = "0".repeat(random.nextInt(4)) + number;

            assertThat(ProviderIds.matches(HEX_SUBMIT_DECIMAL_RECEIPT, hex, decimal))
                    .as("seed %s: %s %s", seed, hex, decimal)
                    .isTrue();
            assertThat(ProviderIds.matches(DECIMAL_SUBMIT_HEX_RECEIPT, decimal, hex))
                    .as("seed %s: %s %s", seed, decimal, hex)
                    .isTrue();
            assertThat(ProviderIds.matches(AUTO, hex, decimal))
                    .as("seed %s", seed)
                    .isTrue();
            assertThat(ProviderIds.matches(AUTO, decimal, hex))
                    .as("seed %s", seed)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4a5f2c, 4874028, HEX_SUBMIT_DECIMAL_RECEIPT",
        "4874028, 4a5f2c, DECIMAL_SUBMIT_HEX_RECEIPT",
        "4874028, 0004874028, SAME",
        "3f2504e0-4f89, 3F2504E0-4F89, SAME",
        "10, 16, HEX_SUBMIT_DECIMAL_RECEIPT",
        "16, 10, DECIMAL_SUBMIT_HEX_RECEIPT",
        "7, 7,",
        "7, 8,",
        "'', '',",
    })
    void a_pair_tells_its_rule_when_it_can_be_only_one(String submitRespId, String receiptId, IdRule rule) {
        assertThat(ProviderIds.observed(submitRespId, receiptId).orElse(null)).isEqualTo(rule);
    }

    @Test
    void an_id_in_a_tlv_may_be_written_as_in_the_answer_or_as_in_the_text() {
        assertThat(ProviderIds.ofReceipt(HEX_SUBMIT_DECIMAL_RECEIPT, "10", "16"))
                .isEqualTo("10");
        assertThat(ProviderIds.ofReceipt(HEX_SUBMIT_DECIMAL_RECEIPT, "16", "16"))
                .isEqualTo("10");
        assertThat(ProviderIds.ofReceipt(HEX_SUBMIT_DECIMAL_RECEIPT, " ", "16")).isEqualTo("10");
        assertThat(ProviderIds.ofReceipt(SAME, "00AB", null)).isEqualTo("ab");
        assertThat(ProviderIds.ofReceipt(SAME, null, null)).isEmpty();
    }

    @Test
    void rules_are_read_as_people_write_them() {
        assertThat(IdRule.parse("hex_submit_dec_receipt")).contains(HEX_SUBMIT_DECIMAL_RECEIPT);
        assertThat(IdRule.parse("dec-submit-hex-receipt")).contains(DECIMAL_SUBMIT_HEX_RECEIPT);
        assertThat(IdRule.parse("Same")).contains(SAME);
        assertThat(IdRule.parse("octal")).isEmpty();
        for (IdRule rule : IdRule.values()) {
            assertThat(IdRule.parse(rule.setting())).contains(rule);
        }
    }
}
