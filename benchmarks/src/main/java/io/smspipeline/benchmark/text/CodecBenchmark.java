package io.smspipeline.benchmark.text;

import io.smspipeline.text.EncodedText;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.EncodingRules;
import io.smspipeline.text.PartJoiner;
import io.smspipeline.text.Segment;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextDecoder;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.Transliteration;
import io.smspipeline.text.UserDataHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole messages through the codec. The JDK's own UTF-8 encoder and decoder stand beside it as a yardstick: ratios to it can be
 * compared between machines, times cannot.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final int REFERENCE = 0x42;
    private static final EncodingRules TRANSLITERATED =
            new EncodingRules(EncodingChoice.AUTO, Transliteration.WHERE_IT_FITS, List.of());
    private static final PartJoiner JOINER = new PartJoiner(TextDecoder.GSM);

    /** What is encoded and decoded. */
    @Param
    public SampleText text = SampleText.CODE;

    private String characters = "";
    private byte[] utf8 = {};
    private int dataCoding;
    private boolean headerPresent;
    private List<byte[]> octets = List.of();

    /** Makes what is decoded. */
    @Setup
    public void encodeOnce() {
        characters = text.characters();
        utf8 = characters.getBytes(StandardCharsets.UTF_8);
        EncodedText encoded = encode();
        dataCoding = encoded.dataCoding();
        headerPresent = encoded.segments().get(0).headerPresent();
        octets = encoded.segments().stream().map(Segment::shortMessage).toList();
    }

    /** Characters to parts with their headers. */
    @Benchmark
    public EncodedText encode() {
        return TextEncoder.encode(characters, EncodingChoice.AUTO, Segmentation.UDH8, REFERENCE);
    }

    /** As {@link #encode()}, typographic characters replaced where GSM 03.38 then carries the text. */
    @Benchmark
    public EncodedText encodeTransliterated() {
        return TextEncoder.encode(
                characters, TRANSLITERATED, Segmentation.UDH8, REFERENCE, UserDataHeader.NONE, TextEncoder.MAX_PARTS);
    }

    /** How many parts it takes. */
    @Benchmark
    public int countParts() {
        return TextEncoder.partsOf(characters);
    }

    /** Parts to characters. */
    @Benchmark
    public @Nullable String decode() {
        return JOINER.join(dataCoding, headerPresent, octets, List.of()).text();
    }

    /** Yardstick of the ways there. */
    @Benchmark
    public byte[] utf8Encode() {
        return characters.getBytes(StandardCharsets.UTF_8);
    }

    /** Yardstick of the way back. */
    @Benchmark
    public String utf8Decode() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
