package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What holds for every text and every octets, tried with random ones; a failure names its seed. */
class RoundTripTest {
    private static final PartJoiner JOINER = new PartJoiner(TextDecoder.GSM);
    private static final String GSM_CHARACTERS = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€";

    private static <T> T oneOf(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static String textOfGsm(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(GSM_CHARACTERS.charAt(random.nextInt(GSM_CHARACTERS.length())));
        }
        return text.toString();
    }

    private static String textOfAnything(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            int codePoint = random.nextInt(4) == 0 ? 0x10000 + random.nextInt(0x100000) : random.nextInt(0x10000);
            if (Character.getType(codePoint) != Character.SURROGATE) {
                text.appendCodePoint(codePoint);
            }
        }
        return text.toString();
    }

    private static String textOfLatin1(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, 0x100).forEach(text::appendCodePoint);
        return text.toString();
    }

    @RepeatedTest(20)
    void whatever_can_be_encoded_is_decoded_to_itself() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            int length = random.nextInt(random.nextInt(10) == 0 ? 3000 : 400);
            EncodingChoice asked = oneOf(random, EncodingChoice.values());
            String text = switch (asked) {
                case GSM7 -> textOfGsm(random, length);
                case LATIN1 -> textOfLatin1(random, length);
                case UCS2 -> textOfAnything(random, length);
                case AUTO -> random.nextBoolean() ? textOfGsm(random, length) : textOfAnything(random, length);
            };
            Segmentation mode = oneOf(random, Segmentation.values());
            UserDataHeader header = random.nextInt(3) == 0
                    ? new Ports(random.nextInt(65536), random.nextInt(65536)).header()
                    : UserDataHeader.NONE;

            EncodedText encoded = TextEncoder.encode(text, asked, mode, random.nextInt(), header, 255);

            String which = "seed " + seed + " round " + i;
            assertThat(joinedInAnyOrder(encoded, random)).as(which).isEqualTo(text);
            assertThatEachSegmentFits(encoded, which);
            if (header.isEmpty()) {
                assertThat(TextEncoder.partsOf(text, asked, mode)).as(which).isEqualTo(encoded.partsOnAir());
            }
        }
    }

    private static String joinedInAnyOrder(EncodedText encoded, Random random) {
        List<Segment> shuffled = new ArrayList<>(encoded.segments());
        Collections.shuffle(shuffled, random);
        List<byte[]> octets = new ArrayList<>();
        List<Sar> sar = new ArrayList<>();
        for (Segment segment : shuffled) {
            octets.add(segment.messagePayload() == null ? segment.shortMessage() : segment.messagePayload());
            if (segment.sar() != null) {
                sar.add(segment.sar());
            }
        }
        PartJoiner.Joined joined = JOINER.join(encoded.dataCoding(), encoded.esmClass() == 0x40, octets, sar);
        assertThat(joined.partial()).isFalse();
        return joined.text();
    }

    private static void assertThatEachSegmentFits(EncodedText encoded, String which) {
        for (Segment segment : encoded.segments()) {
            UserDataHeader.Parsed parsed = segment.headerPresent()
                    ? UserDataHeader.parse(segment.shortMessage())
                    : new UserDataHeader.Parsed(UserDataHeader.NONE, 0, true);
            byte[] body =
                    Arrays.copyOfRange(segment.shortMessage(), parsed.bodyOffset(), segment.shortMessage().length);
            assertThat(body.length)
                    .as(which)
                    .isLessThanOrEqualTo(encoded.encoding().roomBeside(parsed.bodyOffset()));
            // A cut pair would show as a replacement character, or as an escape at the end.
            if (encoded.encoding() == Encoding.UCS2 && segment.count() > 1) {
                assertThat(Ucs2.carries(new String(body, java.nio.charset.StandardCharsets.UTF_16BE)))
                        .as(which)
                        .isTrue();
            }
            if (encoded.encoding() == Encoding.GSM7 && body.length > 0) {
                assertThat(body[body.length - 1]).as(which).isNotEqualTo(Gsm7.ESCAPE);
            }
        }
    }

    @Test
    void no_octets_make_the_decoder_throw() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(random.nextInt(4) == 0 ? 256 : 12)];
            random.nextBytes(octets);
            int dataCoding = random.nextInt(256);
            boolean headerPresent = random.nextBoolean();
            String which = "seed " + seed + " round " + i;

            assertThatCode(() -> {
                        DecodedText decoded = TextDecoder.GSM.decode(dataCoding, octets, headerPresent);
                        decoded.header().concatenation();
                        decoded.header().ports();
                        JOINER.join(dataCoding, headerPresent, List.of(octets, octets), List.of());
                    })
                    .as(which)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void every_septet_but_the_escape_is_one_character_and_back() {
        for (int code = 0; code < 128; code++) {
            if (code != Gsm7.ESCAPE) {
                String text = TextDecoder.GSM.text(0, new byte[] {(byte) code});

                EncodedText encoded = TextEncoder.encode(text, EncodingChoice.GSM7, Segmentation.UDH8, 0);

                assertThat(encoded.segments().get(0).shortMessage()).containsExactly(code);
            }
        }
    }
}
