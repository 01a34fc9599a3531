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
    void whatever_is_packed_is_unpacked_to_itself() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] septets = new byte[random.nextInt(170)];
            for (int at = 0; at < septets.length; at++) {
                septets[at] = (byte) (1 + random.nextInt(127));
            }

            assertThat(PackedSeptets.unpacked(PackedSeptets.packed(septets)))
                    .as("seed " + seed + " round " + i)
                    .isEqualTo(septets);
        }
    }
}
