package io.smspipeline.router.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateReaderTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 63, 64, -64, -65, 300, 1_795_262_400_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void numbers_are_read_as_they_were_written(long number) {
        byte[] octets = new StateWriter(1, number).number(number).written();

        assertThat(new StateReader("test", 1, octets).number()).isEqualTo(number);
        assertThat(StateReader.deadlineOf(octets)).isEqualTo(number);
    }

    @Test
    void everything_is_read_as_it_was_written() {
        Failure failure = new Failure(FailureCode.AUTH, "no", "0x0E", null, false);
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", new byte[] {1, 2, 3});
        byte[] octets = new StateWriter(3, 7)
                .text("€ \ud83d\ude00")
                .text(null)
                .text("")
                .flag(true)
                .octets(new byte[300])
                .map(Map.of("a", "b"))
                .list(List.of("x", "y"), StateWriter::text)
                .failure(failure)
                .failure(null)
                .headers(headers)
                .written();

        StateReader in = new StateReader("test", 3, octets);

        assertThat(in.form()).isEqualTo(3);
        assertThat(in.text()).isEqualTo("€ \ud83d\ude00");
        assertThat(in.text()).isNull();
        assertThat(in.text()).isEmpty();
        assertThat(in.flag()).isTrue();
        assertThat(in.octets()).hasSize(300);
        assertThat(in.map()).isEqualTo(Map.of("a", "b"));
        assertThat(in.list(StateReader::word)).containsExactly("x", "y");
        assertThat(in.failure()).isEqualTo(failure);
        assertThat(in.failure()).isNull();
        assertThat(in.headers()).isEqualTo(headers);
    }

    @Test
    void a_form_of_a_later_version_is_refused_with_what_to_do() {
        byte[] octets = new StateWriter(2, 0).written();

        assertThatThrownBy(() -> new StateReader("message", 1, octets))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("message is of form 2")
                .hasMessageContaining("run a version at least as new");
    }

    @Test
    void octets_that_end_too_early_are_never_taken_for_state() {
        byte[] octets = new StateWriter(1, 0).text("some text").number(7).written();
        for (int length = 0; length < octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            assertThatThrownBy(() -> {
                        StateReader in = new StateReader("message", 1, cut);
                        in.text();
                        in.number();
                    })
                    .isInstanceOf(StateException.class);
        }
    }
}
