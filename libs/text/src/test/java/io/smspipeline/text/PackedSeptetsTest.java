package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackedSeptetsTest {
    @Test
    void eight_septets_lie_in_seven_octets() {
        byte[] packed = HexFormat.of().parseHex("e8329bfd4697d9ec37");

        assertThat(TextDecoder.GSM.text(0, PackedSeptets.unpacked(packed))).isEqualTo("hellohello");
        assertThat(PackedSeptets.packed(PackedSeptets.unpacked(packed))).isEqualTo(packed);
    }

    @Test
    void seven_septets_are_seven_and_not_eight_with_an_at_sign() {
        byte[] seven = "1234567".getBytes(StandardCharsets.US_ASCII);

        assertThat(PackedSeptets.unpacked(PackedSeptets.packed(seven))).isEqualTo(seven);
    }

    @Test
    void seven_free_bits_are_a_carriage_return_which_no_handset_shows() {
        byte[] seven = "1234567".getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(PackedSeptets.packed(seven))).isEqualTo("31d98c56b3dd1a");
    }

    @Test
    void a_text_behind_a_header_begins_at_a_septet_boundary() {
        assertThat(PackedSeptets.fillBits(0)).isZero();
        assertThat(PackedSeptets.fillBits(6)).isEqualTo(1);
        assertThat(PackedSeptets.fillBits(7)).isZero();
        // 0x41 in the seven bits behind one that is nothing.
        assertThat(PackedSeptets.packed(new byte[] {0x41}, 1)).containsExactly(0x82);
        assertThat(PackedSeptets.unpacked(new byte[] {(byte) 0x82}, 1)).containsExactly(0x41);
    }

    @Test
    void whatever_is_packed_is_unpacked_to_itself() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] septets = new byte[random.nextInt(170)];
            for (int at = 0; at < septets.length; at++) {
                // Neither "@" nor carriage return: at the very end those could be filling.
                septets[at] = (byte) (0x0E + random.nextInt(0x80 - 0x0E));
            }
            int fillBits = random.nextInt(7);

            assertThat(PackedSeptets.unpacked(PackedSeptets.packed(septets, fillBits), fillBits))
                    .as("seed " + seed + " round " + i)
                    .isEqualTo(septets);
        }
    }
}
