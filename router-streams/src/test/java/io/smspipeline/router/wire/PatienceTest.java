package io.smspipeline.router.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final SerializationException AWAY =
            new SerializationException("the registry does not answer", new ConnectException("refused"));

    private final List<Object> pauses = new ArrayList<>();
    private final Patience patience = new Patience(pauses::add);
    private int calls;

    private String afterFailures(int failures, RuntimeException failure, String result) {
        if (calls++ < failures) {
            throw failure;
        }
        return result;
    }

    @Test
    void what_failed_as_the_registry_was_away_is_tried_again_until_it_is_back() {
        Deserializer<String> read = patience.reading((topic, value) -> afterFailures(3, AWAY, "record"));

        assertThat(read.deserialize("topic", new byte[0])).isEqualTo("record");
        assertThat(pauses).hasSize(3);

        calls = 0;
        assertThat(read.deserialize("topic", new RecordHeaders(), new byte[0])).isEqualTo("record");

        calls = 0;
        Serializer<String> write =
                patience.writing((topic, value) -> afterFailures(3, AWAY, value).getBytes(StandardCharsets.UTF_8));
        assertThat(write.serialize("topic", "octets")).isEqualTo("octets".getBytes(StandardCharsets.UTF_8));
        assertThat(pauses).hasSize(9);
    }

    @Test
    void an_absence_that_lasts_is_told() {
        Deserializer<String> read =
                patience.reading((topic, value) -> afterFailures(Integer.MAX_VALUE, AWAY, "record"));

        assertThatThrownBy(() -> read.deserialize("topic", new byte[0])).isSameAs(AWAY);
        assertThat(calls).isEqualTo(Patience.TRIES);
    }

    @Test
    void what_is_no_record_is_told_at_once() {
        SerializationException broken = new SerializationException("no record");
        Deserializer<String> read = patience.reading((topic, value) -> afterFailures(1, broken, "record"));

        assertThatThrownBy(() -> read.deserialize("topic", new byte[0])).isSameAs(broken);
        assertThat(pauses).isEmpty();
    }
}
