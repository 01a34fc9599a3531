package io.smspipeline.benchmark.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecordBenchmarkTest {
    @Test
    void both_ways_write_and_read_the_same() throws IOException {
        RecordBenchmark benchmark = new RecordBenchmark();
        benchmark.writeOnce();

        assertThat(benchmark.write()).endsWith(benchmark.avroWrite()).hasSize(benchmark.avroWrite().length + 5);
        assertThat(benchmark.read()).isEqualTo(benchmark.avroRead());
    }
}
