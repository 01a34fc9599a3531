package io.smspipeline.provider.smpp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The receipt dialects seen in the field, and the ids in them. */
class ReceiptVectorsTest {
    private static JsonNode file() throws IOException {
        try (InputStream in = ReceiptVectorsTest.class.getResourceAsStream("/receipt-vectors.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static Stream<Arguments> each(String list, String name) throws IOException {
        Iterator<JsonNode> elements = file().get(list).elements();
        Iterable<JsonNode> iterable = () -> elements;
        return StreamSupport.stream(iterable.spliterator(), false)
                .map(node -> Arguments.of(node.path(name).asText(node.toString()), node));
    }

    static Stream<Arguments> receipts() throws IOException {
        return each("vectors", "name");
    }

    static Stream<Arguments> idPairs() throws IOException {
        return each("id_match", "none");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("receipts")
    void a_receipt_says_what_its_dialect_means(String name, JsonNode vector) {
        JsonNode tlv = vector.get("tlv");
        JsonNode error = tlv.get("network_error_code");
        SmscReceipt receipt = SmscReceipt.of(
                ReceiptText.parse(vector.get("short_message").asText()),
                text(tlv.get("receipted_message_id")),
                tlv.path("message_state").asInt(-1),
                error == null ? null : HexFormat.of().parseHex(error.asText()));

        JsonNode expect = vector.get("expect");
        assertThat(receipt.id()).isEqualTo(text(expect.get("id")));
        assertThat(receipt.text().id()).isEqualTo(text(expect.get("text_id")));
        assertThat(receipt.text().sub()).isEqualTo(number(expect.get("sub")));
        assertThat(receipt.text().dlvrd()).isEqualTo(number(expect.get("dlvrd")));
        assertThat(iso(receipt.text().submitDate())).isEqualTo(text(expect.get("submit_date")));
        assertThat(iso(receipt.text().doneDate())).isEqualTo(text(expect.get("done_date")));
        assertThat(receipt.text().stat()).isEqualTo(text(expect.get("stat")));
        assertThat(receipt.text().err()).isEqualTo(text(expect.get("err")));
        assertThat(receipt.text().text()).isEqualTo(text(expect.get("text")));
        assertThat(receipt.state().name()).isEqualTo(text(expect.get("state")));
        assertThat(receipt.isFinal()).isEqualTo(expect.get("final").asBoolean());
        JsonNode networkError = expect.get("network_error");
        if (networkError.isNull()) {
            assertThat(receipt.networkError()).isNull();
        } else {
            assertThat(receipt.networkError())
                    .isEqualTo(new SmscReceipt.NetworkError(
                            networkError.get("type").asInt(),
                            networkError.get("code").asInt()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("idPairs")
    void a_receipt_finds_its_message_by_the_rule_of_its_smsc(String name, JsonNode pair) {
        IdRule rule = IdRule.parse(pair.get("rule").asText()).orElseThrow();

        boolean match = ProviderIds.matches(
                rule,
                pair.get("submit_resp_id").asText(),
                pair.get("receipt_id").asText());

        assertThat(match).isEqualTo(pair.get("match").asBoolean());
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : node.asText();
    }

    private static @Nullable Integer number(JsonNode node) {
        return node.isNull() ? null : node.asInt();
    }

    private static @Nullable String iso(@Nullable LocalDateTime date) {
        return date == null ? null : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(date);
    }
}
