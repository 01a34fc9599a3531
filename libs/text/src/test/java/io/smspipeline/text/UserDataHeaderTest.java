package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class UserDataHeaderTest {
    private static UserDataHeader.Parsed parse(String hex) {
        return UserDataHeader.parse(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @Test
    void both_widths_of_reference_are_read() {
        assertThat(parse("05 00 03 42 03 02").header().concatenation()).contains(new Concatenation(0x42, 3, 2, false));
        assertThat(parse("06 08 04 12 34 03 02 61").header().concatenation())
                .contains(new Concatenation(0x1234, 3, 2, true));
    }

    @Test
    void elements_stand_in_any_order_and_unknown_ones_are_kept() {
        UserDataHeader.Parsed parsed = parse("0f 70 02 aabb 05 04 0b84 23f0 00 03 01 02 02 61");

        assertThat(parsed.header().ports()).contains(new Ports(2948, 9200));
        assertThat(parsed.header().concatenation()).contains(new Concatenation(1, 2, 2, false));
        assertThat(parsed.header().elements()).hasSize(3);
        assertThat(parsed.bodyOffset()).isEqualTo(16);
    }

    @Test
    void ports_of_eight_bits_are_ports_too() {
        assertThat(parse("04 04 02 f0 f1").header().ports()).contains(new Ports(0xF0, 0xF1));
    }

    @Test
    void a_concatenation_that_makes_no_sense_is_ignored_and_the_last_good_one_wins() {
        assertThat(parse("05 00 03 42 00 01").header().concatenation()).isEmpty();
        assertThat(parse("05 00 03 42 02 00").header().concatenation()).isEmpty();
        assertThat(parse("05 00 03 42 02 03").header().concatenation()).isEmpty();
        assertThat(parse("0f 00 03 01 02 01 00 03 02 03 03 00 03 09 00 00")
                        .header()
                        .concatenation())
                .contains(new Concatenation(2, 3, 3, false));
    }

    @Test
    void an_element_over_the_headers_end_is_dropped_and_the_text_is_still_found() {
        UserDataHeader.Parsed parsed = parse("07 00 03 01 02 01 05 04 61 62");

        assertThat(parsed.wellFormed()).isFalse();
        assertThat(parsed.header().concatenation()).contains(new Concatenation(1, 2, 1, false));
        assertThat(parsed.bodyOffset()).isEqualTo(8);
    }

    @Test
    void nothing_at_all_is_no_header() {
        assertThat(parse("")).isEqualTo(new UserDataHeader.Parsed(UserDataHeader.NONE, 0, false));
        assertThat(parse("00 61")).isEqualTo(new UserDataHeader.Parsed(UserDataHeader.NONE, 1, true));
    }

    @Test
    void what_was_read_is_written_alike() {
        String hex = "0b00034202010504" + "0b8423f0";

        assertThat(HexFormat.of().formatHex(parse(hex).header().octets())).isEqualTo(hex);
        assertThat(UserDataHeader.NONE.octets()).isEmpty();
    }

    @Test
    void a_port_has_sixteen_bits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Ports(65536, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ports(0, -1));
    }
}
