package io.smspipeline.benchmark.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A benchmark that computes something else than it says measures nothing. */
class CodecBenchmarkTest {
    private static CodecBenchmark of(SampleText text) {
        CodecBenchmark benchmark = new CodecBenchmark();
        benchmark.text = text;
        benchmark.encodeOnce();
        return benchmark;
    }

    @ParameterizedTest
    @CsvSource({"CODE, GSM7, 1, 1", "LONG, GSM7, 3, 3", "UNICODE, UCS2, 3, 3", "TYPOGRAPHY, UCS2, 3, 1"})
    void each_text_is_of_the_kind_it_stands_for(SampleText text, String encoding, int parts, int transliterated) {
        CodecBenchmark benchmark = of(text);

        assertThat(benchmark.encode().encoding()).hasToString(encoding);
        assertThat(benchmark.encode().segments()).hasSize(parts);
        assertThat(benchmark.countParts()).isEqualTo(parts);
        assertThat(benchmark.encodeTransliterated().segments()).hasSize(transliterated);
    }

    @ParameterizedTest
    @CsvSource({"CODE", "LONG", "UNICODE", "TYPOGRAPHY"})
    void what_is_decoded_is_what_was_encoded(SampleText text) {
        CodecBenchmark benchmark = of(text);

        assertThat(benchmark.decode()).isEqualTo(text.characters());
        assertThat(benchmark.utf8Encode()).isEqualTo(text.characters().getBytes(StandardCharsets.UTF_8));
        assertThat(benchmark.utf8Decode()).isEqualTo(text.characters());
    }

    @Test
    void the_generator_has_seen_every_benchmark() {
        assertThat(BenchmarkList.defaultList()
                        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()))
                .hasSize(10);
    }
}
