package io.smspipeline.provider.bulksms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkSmsApiTest {
    static BulkSmsApi api(String... more) {
        List<String> keys = new ArrayList<>(List.of("type: bulksms", "token-id: Aladdin", "token-secret: OpenSesame"));
        keys.addAll(List.of(more));
        return new BulkSmsApi("za", ((BulkSmsAccount) TestProviders.of(keys.toArray(new String[0]))).settings());
    }

    private static Submission submission(BulkSmsApi api, OutgoingMessage message) {
        Plan plan = api.plan(message);
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return ((Plan.Submissions) plan).all().get(0);
    }

    private static JsonNode entry(BulkSmsApi api, OutgoingMessage message) throws IOException {
        Call call = api.submit(submission(api, message), Duration.ofHours(1), 0);
        return new ObjectMapper().readTree(call.body()).path(0);
    }

    @Test
    void a_message_is_an_array_of_one_entry_with_a_key_for_repeats() throws Exception {
        BulkSmsApi api = api();
        OutgoingMessage message = Messages.text("m1", "Hello");

        Call call = api.submit(submission(api, message), Duration.ofHours(1), 0);

        assertThat(call.headers()).containsEntry("Authorization", "Basic QWxhZGRpbjpPcGVuU2VzYW1l");
        assertThat(call.uri().toString()).startsWith("https://api.bulksms.com/v1/messages?deduplication-id=");
        JsonNode entry = new ObjectMapper().readTree(call.body()).path(0);
        assertThat(entry.path("to").path(0).path("address").asText()).isEqualTo("+447700900123");
        assertThat(entry.path("from").path("type").asText()).isEqualTo("SHORTCODE");
        assertThat(entry.path("body").asText()).isEqualTo("Hello");
        assertThat(entry.path("encoding").asText()).isEqualTo("TEXT");
        assertThat(entry.path("userSuppliedId").asText()).hasSize(20);
        assertThat(api.submit(submission(api, message), Duration.ofHours(1), 0).uri())
                .isEqualTo(call.uri());
        assertThat(api.submit(submission(api, message), Duration.ofHours(1), 1).uri())
                .isNotEqualTo(call.uri());
    }

    @Test
    void a_host_alone_means_version_one_there_and_a_path_is_taken_as_it_is() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        BulkSmsApi host = api("base-url: http://127.0.0.1:1234/");
        BulkSmsApi path = api("base-url: http://127.0.0.1:1234/other");

        assertThat(host.submit(submission(host, message), Duration.ofHours(1), 0)
                        .uri())
                .hasPath("/v1/messages");
        assertThat(path.submit(submission(path, message), Duration.ofHours(1), 0)
                        .uri())
                .hasPath("/other/messages");
    }

    @Test
    void what_the_message_asks_for_has_fields_of_its_own() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hi ž");
        message.setFrom(null);
        message.setAllowReply(true);
        message.setMessageClass(0);
        message.setProtocolId(65);
        message.setStatusReport(StatusReport.FAILURES);
        message.setParams(Map.of("routing-group", "ECONOMY", "userSuppliedId", "mine"));

        JsonNode entry = entry(api(), message);

        assertThat(entry.path("from").path("type").asText()).isEqualTo("REPLIABLE");
        assertThat(entry.path("encoding").asText()).isEqualTo("UNICODE");
        assertThat(entry.path("routingGroup").asText()).isEqualTo("ECONOMY");
        assertThat(entry.path("deliveryReports").asText()).isEqualTo("ERRORS");
        assertThat(entry.path("messageClass").asInt(-1)).isZero();
        assertThat(entry.path("protocolId").asInt()).isEqualTo(65);
        assertThat(entry.path("userSuppliedId").asText()).isEqualTo("mine");
    }

    @Test
    void who_is_in_a_hurry_goes_the_premium_way() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setParams(Map.of("escalate", "true"));

        assertThat(entry(api(), message).path("routingGroup").asText()).isEqualTo("PREMIUM");
        assertThat(submission(api(), message).notes()).isEmpty();
    }

    @Test
    void a_long_text_may_have_the_parts_it_was_counted_with() throws Exception {
        assertThat(entry(api(), Messages.text("m1", "x".repeat(900)))
                        .path("longMessageMaxParts")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void an_account_without_credits_is_not_tried_again() {
        BulkSmsApi api = api();

        assertThat(api.isAccountFine(profile("{\"credits\":{\"balance\":0,\"limit\":0}}")))
                .isFalse();
        assertThat(api.isAccountFine(profile("{\"credits\":{\"balance\":-5,\"limit\":10}}")))
                .isTrue();
        assertThat(api.isAccountFine(profile("{}"))).isTrue();
    }

    private static HttpAnswer profile(String json) {
        return new HttpAnswer(200, Map.of(), json.getBytes(StandardCharsets.UTF_8));
    }
}
