package io.smspipeline.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodingVectorsTest {
    static List<EncodingVectors> vectors() {
        return EncodingVectors.all();
    }

    static List<EncodingVectors> texts() {
        return vectors().stream().filter(vector -> !vector.isBinary()).toList();
    }

    @Test
    void the_vectors_are_there() {
        assertThat(vectors()).hasSize(48);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_vector_is_encoded_to_what_it_expects(EncodingVectors vector) {
        EncodedText encoded = vector.encoded();

        assertThat(EncodingVectors.described(encoded)).isEqualTo(vector.expect());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void a_vector_joins_to_what_it_was(EncodingVectors vector) {
        EncodedText encoded = vector.encoded();
        List<byte[]> octets = new ArrayList<>();
        List<Sar> sar = new ArrayList<>();
        for (Segment segment : encoded.segments()) {
            octets.add(segment.messagePayload() == null ? segment.shortMessage() : segment.messagePayload());
            if (segment.sar() != null) {
                sar.add(segment.sar());
            }
        }

        PartJoiner.Joined joined =
                new PartJoiner(TextDecoder.GSM).join(encoded.dataCoding(), encoded.esmClass() == 0x40, octets, sar);

        assertThat(joined.partial()).isFalse();
        if (vector.isBinary()) {
            assertThat(joined.text()).isNull();
            assertThat(joined.octets()).isEqualTo(vector.binary());
        } else {
            assertThat(joined.text()).isEqualTo(vector.text());
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parts_are_counted_without_encoding_as_they_are_cut(EncodingVectors vector) {
        int counted = TextEncoder.partsOf(vector.text(), vector.asked(), vector.mode());

        assertThat(counted).isEqualTo(vector.encoded().partsOnAir());
    }
}
