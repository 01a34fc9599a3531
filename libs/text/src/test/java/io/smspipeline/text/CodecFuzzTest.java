package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random texts under random rules and random octets under random codings: every alphabet of an SMSC, every segmentation, national
 * tables, transliteration, ports. The seed is printed and named by a failure.
 */
class CodecFuzzTest {
    private static final int ROUNDS = 1_500;

    /** In no packed text: at the very end of one they could be filling. */
    private static final String LIKE_FILLING = "@\r";

    private static final String DEFAULT_TABLES = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€";
    private static final String NATIONAL = "ĞİŞçğışÁÍÓÚáíóúêÊôÔõÕâÂãÃÀ∞ªº";
    private static final String TYPOGRAPHY = "“”‘’–—…\u00A0•";

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    CodecFuzzTest() {
        System.out.println("seed " + seed);
    }

    private <T> T oneOf(T[] all) {
        return all[random.nextInt(all.length)];
    }

    private String textOf(String characters, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(characters.charAt(random.nextInt(characters.length())));
        }
        return text.toString();
    }

    /** Anything a string can hold, halves of surrogate pairs included. */
    private String anyText(int length) {
        StringBuilder text = new StringBuilder(length);
        random.ints(length, 0, 0x10000).forEach(unit -> text.append((char) unit));
        return text.toString();
    }

    private String text() {
        int length = random.nextInt(random.nextInt(10) == 0 ? 2_000 : 350);
        return switch (random.nextInt(6)) {
            case 0 -> textOf(DEFAULT_TABLES + NATIONAL, length);
            case 1 -> textOf(DEFAULT_TABLES + TYPOGRAPHY, length);
            case 2 -> textOf("\uD83D\uDE00ab", length);
            case 3 -> anyText(length);
            case 4 -> textOf("abc äé{}", length);
            default -> textOf(DEFAULT_TABLES, length);
        };
    }

    private EncodingRules rules() {
        DefaultAlphabet alphabet = oneOf(DefaultAlphabet.values());
        List<NationalLanguage> languages = new ArrayList<>(List.of(NationalLanguage.values()));
        Collections.shuffle(languages, random);
        int named = alphabet.isOfSeptets() ? random.nextInt(languages.size() + 1) : 0;
        return new EncodingRules(
                oneOf(EncodingChoice.values()), oneOf(Transliteration.values()), languages.subList(0, named), alphabet);
    }

    private UserDataHeader ports() {
        return random.nextInt(4) == 0
                ? new Ports(random.nextInt(65536), random.nextInt(65536)).header()
                : UserDataHeader.NONE;
    }

    /** What is really sent, replacements made. */
    private static String asReplaced(String text, List<Replacement> replaced) {
        StringBuilder sent = new StringBuilder();
        int at = 0;
        for (Replacement one : replaced) {
            sent.append(text, at, one.position()).append(one.replacement());
            at = one.position() + one.original().length();
        }
        return sent.append(text.substring(at)).toString();
    }

    @Test
    void whatever_is_sent_is_read_as_it_was_meant_and_what_is_refused_is_refused_with_a_reason() {
        int sent = 0;
        for (int round = 0; round < ROUNDS; round++) {
            EncodingRules rules = rules();
            String text = text();
            if (rules.alphabet() == DefaultAlphabet.GSM_PACKED) {
                text = text.replaceAll("[" + LIKE_FILLING + "]", "x");
            }
            Segmentation mode = oneOf(Segmentation.values());
            String which = "seed " + seed + " round " + round + " " + rules + " " + mode;
            EncodedText encoded;
            try {
                encoded = TextEncoder.encode(text, rules, mode, random.nextInt(), ports(), 1 + random.nextInt(255));
            } catch (TextRefusedException refused) {
                assertThat(refused).as(which).hasMessageEndingWith(".");
                continue;
            }
            sent++;
            assertThat(joined(encoded, rules.alphabet())).as(which).isEqualTo(asReplaced(text, encoded.replaced()));
            assertThat(encoded.segments())
                    .as(which)
                    .allSatisfy(segment -> assertThat(segment.shortMessage()).hasSizeLessThanOrEqualTo(160));
        }
        assertThat(sent).as("rounds that were no refusal, seed " + seed).isGreaterThan(ROUNDS / 10);
    }

    private String joined(EncodedText encoded, DefaultAlphabet alphabet) {
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
        PartJoiner joiner = new PartJoiner(new TextDecoder(alphabet));
        return joiner.join(encoded.dataCoding(), encoded.esmClass() == 0x40, octets, sar)
                .text();
    }

    @Test
    void counting_agrees_with_encoding() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = text();
            EncodingChoice asked = oneOf(EncodingChoice.values());
            Segmentation mode = oneOf(Segmentation.values());
            String which = "seed " + seed + " round " + round;
            int counted = TextEncoder.partsOf(text, asked, mode);
            try {
                assertThat(TextEncoder.encode(text, asked, mode, 0).partsOnAir())
                        .as(which)
                        .isEqualTo(counted);
            } catch (TextRefusedException refused) {
                assertThat(counted).as(which).isPositive();
            }
        }
    }

    private byte[] octets() {
        byte[] octets = new byte[random.nextInt(random.nextInt(4) == 0 ? 256 : 14)];
        random.nextBytes(octets);
        if (octets.length > 3 && random.nextBoolean()) {
            // Near a header that makes sense, where the interesting mistakes are.
            octets[0] = (byte) random.nextInt(octets.length + 2);
            octets[1] = oneOf(new Byte[] {0x00, 0x04, 0x05, 0x08, 0x24, 0x25});
            octets[2] = (byte) random.nextInt(6);
        }
        return octets;
    }

    @Test
    void nothing_that_is_read_makes_the_decoder_throw() {
        for (int round = 0; round < 10 * ROUNDS; round++) {
            TextDecoder decoder = new TextDecoder(oneOf(DefaultAlphabet.values()));
            PartJoiner joiner = new PartJoiner(decoder);
            List<byte[]> parts = List.of(octets(), octets(), octets());
            List<Sar> sar = random.nextBoolean()
                    ? List.of()
                    : List.of(new Sar(random.nextInt(), random.nextInt(5) - 1, random.nextInt(5) - 1));
            int dataCoding = random.nextInt();
            boolean headerPresent = random.nextBoolean();

            assertThatCode(() -> {
                        DecodedText decoded = decoder.decode(dataCoding, parts.get(0), headerPresent);
                        decoded.header().concatenation();
                        decoded.header().ports();
                        decoder.text(
                                dataCoding, decoded.body(), decoded.header().nationalShift());
                        joiner.join(dataCoding, headerPresent, parts, sar);
                        joiner.messages(dataCoding, headerPresent, parts, sar);
                        PackedSeptets.unpacked(parts.get(1), random.nextInt(7));
                    })
                    .as("seed " + seed + " round " + round)
                    .doesNotThrowAnyException();
        }
    }
}
