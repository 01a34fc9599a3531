package io.smspipeline.provider.smpp.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.smspipeline.text.PackedSeptets;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiptTextTest {
    @Test
    void a_blank_after_the_colon_is_no_part_of_the_value() {
        ReceiptText text = ReceiptText.parse("id: 12 sub: 001 stat: DELIVRD err: 0 text:  x");

        assertThat(text.id()).isEqualTo("12");
        assertThat(text.sub()).isEqualTo(1);
        assertThat(text.stat()).isEqualTo("DELIVRD");
        assertThat(text.err()).isEqualTo("0");
        assertThat(text.text()).isEqualTo(" x");
    }

    @Test
    void of_a_key_given_twice_the_first_counts() {
        assertThat(ReceiptText.parse("id:1 stat:DELIVRD id:2").id()).isEqualTo("1");
    }

    @Test
    void keys_stand_in_any_order() {
        ReceiptText text = ReceiptText.parse("err:7 stat:EXPIRED done_date:2611210700 id:9 dlvrd:000");

        assertThat(text.id()).isEqualTo("9");
        assertThat(text.dlvrd()).isZero();
        assertThat(text.doneDate()).isNotNull();
    }

    @Test
    void a_word_that_ends_like_a_key_is_none() {
        assertThat(ReceiptText.parse("grid:5 restat:x").id()).isNull();
    }

    @Test
    void a_text_that_only_mentions_an_id_is_no_receipt() {
        assertThat(ReceiptText.parse("id:5 please").isReceipt()).isFalse();
        assertThat(ReceiptText.parse("id:5 sub:001 stat:DELIVRD err:000").isReceipt())
                .isTrue();
    }

    @Test
    void blanks_before_the_colon_and_other_separators_are_tolerated() {
        ReceiptText text = ReceiptText.parse("id : 7,sub:001;dlvrd:001 submit-date:2611210700\tstat :DELIVRD\nerr:0\0");

        assertThat(text.id()).isEqualTo("7");
        assertThat(text.sub()).isEqualTo(1);
        assertThat(text.submitDate()).isNotNull();
        assertThat(text.stat()).isEqualTo("DELIVRD");
        assertThat(text.err()).isEqualTo("0");
    }

    @Test
    void octets_tell_by_themselves_how_they_are_written() {
        String receipt = "id:7 sub:001 stat:DELIVRD err:000 text:Hi";
        byte[] septets = receipt.getBytes(StandardCharsets.US_ASCII);

        ReceiptText expected = ReceiptText.parse(receipt);
        assertThat(ReceiptOctets.read(septets)).isEqualTo(expected);
        assertThat(ReceiptOctets.read(receipt.getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(expected);
        assertThat(ReceiptOctets.read(receipt.getBytes(StandardCharsets.UTF_16LE)))
                .isEqualTo(expected);
        assertThat(ReceiptOctets.read(PackedSeptets.packed(septets))).isEqualTo(expected);
        assertThat(ReceiptOctets.read((receipt + " Привет").getBytes(StandardCharsets.UTF_16BE))
                        .text())
                .endsWith("Привет");
    }

    @Test
    void no_text_whatever_makes_it_throw() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String alphabet = "id:stat sub err text done date 0123456789:\n\0ÿ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThatCode(() -> ReceiptText.parse(text.toString())).doesNotThrowAnyException();
        }
    }
}
