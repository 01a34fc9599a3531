package io.smspipeline.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.record.InboundMessage;
import io.smspipeline.schemas.serde.Samples;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    @Test
    void names_are_field_names_enums_symbols_times_iso_and_unions_stand_for_themselves() {
        ObjectNode json = RecordJson.of(Samples.message());

        assertThat(json.path("to").asText()).isEqualTo("+447700900123");
        assertThat(json.path("from").isNull()).isTrue();
        assertThat(json.path("content").path("text").asText()).isEqualTo("Hello?");
        assertThat(json.path("priority").asText()).isEqualTo("HIGH");
        assertThat(json.path("labels").path("type").asText()).isEqualTo("otp");
        assertThat(json.path("createdAt").asText()).isEqualTo("2026-11-21T09:00:00Z");
    }

    @Test
    void octets_are_hexadecimal_and_stay_readable_by_others() {
        InboundMessage message = InboundMessage.newBuilder()
                .setId("1")
                .setProvider("primary")
                .setFrom("+447700900123")
                .setTo("12345")
                .setBinary(ByteBuffer.wrap(new byte[] {(byte) 0xCA, (byte) 0xFE}))
                .setReceivedAt(Instant.EPOCH)
                .build();

        assertThat(RecordJson.of(message).path("binary").asText()).isEqualTo("cafe");
        assertThat(message.getBinary().remaining()).isEqualTo(2);
    }
}
