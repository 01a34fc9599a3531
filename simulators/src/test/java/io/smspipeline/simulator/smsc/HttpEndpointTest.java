package io.smspipeline.simulator.smsc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.simulator.smsc.wire.CommandId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedSmsc smsc;

    @BeforeEach
    void start() throws Exception {
        smsc = SimulatedSmsc.start(SmscSettings.forTests().withHttpPort(0));
    }

    @AfterEach
    void stop() {
        smsc.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(), path);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)), path);
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder().PUT(HttpRequest.BodyPublishers.ofString(body)), path);
    }

    private HttpResponse<String> patch(String path, String body) throws Exception {
        return send(HttpRequest.newBuilder().method("PATCH", HttpRequest.BodyPublishers.ofString(body)), path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + smsc.httpPort() + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void figures_and_messages_can_be_looked_at() throws Exception {
        try (Esme esme = Esme.transceiver(smsc)) {
            esme.submit("first");
            String id = esme.submit("second €".getBytes(java.nio.charset.StandardCharsets.UTF_16BE), 0, 8, 0);

            JsonNode stats = JSON.readTree(get("/stats").body());
            JsonNode messages = JSON.readTree(get("/messages?limit=1").body());

            assertThat(stats.get("accepted").asInt()).isEqualTo(2);
            assertThat(stats.get("sessions").asInt()).isEqualTo(1);
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0).get("text").asText()).isEqualTo("second €");
            assertThat(messages.get(0).get("messageId").asText()).isEqualTo(id);
            assertThat(messages.get(0).get("destination").asText()).isEqualTo("447700900123");
            assertThat(JSON.readTree(get("/messages").body())).hasSize(2);
        }
    }

    @Test
    void the_most_in_any_second_is_told_and_begins_anew_when_reset() throws Exception {
        try (Esme esme = Esme.transceiver(smsc)) {
            esme.submit("first");
            assertThat(JSON.readTree(get("/stats").body()).get("maxInAnySecond").asInt())
                    .isEqualTo(1);

            JsonNode after = JSON.readTree(post("/stats/reset", "").body());

            assertThat(after.get("maxInAnySecond").asInt()).isZero();
            assertThat(after.get("submits").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_text_from_a_handset_can_be_injected() throws Exception {
        String body = "{\"from\":\"447700900999\",\"to\":\"12345\",\"text\":\"" + "long ".repeat(40) + "\"}";
        assertThat(post("/mo", body).statusCode()).isEqualTo(409);
        try (Esme esme = Esme.receiver(smsc)) {
            assertThat(post("/mo", body).statusCode()).isEqualTo(202);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(esme.fromHandsets()).hasSize(2));
            assertThat(esme.fromHandsets())
                    .allSatisfy(part -> assertThat(part.isUdhi()).isTrue());
        }
    }

    @Test
    void behaviour_is_changed_live_and_the_rest_stays() throws Exception {
        HttpResponse<String> answer = post(
                "/behaviour",
                "{\"latency\":\"50ms\",\"errorRate\":0.25,\"errorCode\":\"0x58\",\"receiptState\":\"UNDELIV\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Behaviour behaviour = smsc.behaviour();
        assertThat(behaviour)
                .isEqualTo(Behaviour.prompt()
                        .with()
                        .latency(Duration.ofMillis(50))
                        .errorRate(0.25)
                        .errorCode(0x58)
                        .receiptState(ReceiptState.UNDELIV)
                        .build());
        assertThat(JSON.readTree(get("/behaviour").body()).get("latency").asText())
                .isEqualTo("50ms");
    }

    @Test
    void all_links_can_be_cut_and_all_esmes_be_asked_to_go() throws Exception {
        try (RawEsme cut = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER)) {
            assertThat(JSON.readTree(post("/cut", "").body()).get("sessions").asInt())
                    .isEqualTo(1);
            assertThat(cut.isClosedByPeer()).isTrue();
        }
        try (RawEsme asked = RawEsme.bound(smsc.port(), CommandId.BIND_TRANSCEIVER)) {
            assertThat(post("/unbind", "").statusCode()).isEqualTo(202);
            assertThat(asked.read().commandId()).isEqualTo(CommandId.UNBIND);
        }
    }

    @Test
    void everything_a_behaviour_has_can_be_read_and_written_back() throws Exception {
        String wanted = """
                {"latency":"p50=20ms p99=300ms","lateAnswers":{"share":0.1,"after":"30s"},"receiptDelay":"1s..5s",
                 "lateReceipts":{"share":0.01,"after":"72h"},"duplicateReceipts":0.5,"moPartOrder":"SHUFFLED",
                 "refuseBinds":"0x0E","throttleTotal":50,"throttleRule":"TOKEN_BUCKET","errorCodes":{"0x14":3,"88":1},
                 "unanswered":["BIND","ENQUIRE_LINK"],"refusals":{"447700900123":"0x0B"},"redeliveryDelay":"exp 1s"}""";

        HttpResponse<String> patched = patch("/behaviour", wanted);

        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
        Behaviour changed = smsc.behaviour();
        assertThat(changed.latency()).isEqualTo(Delay.parse("p50=20ms p99=300ms"));
        assertThat(changed.lateAnswers()).isEqualTo(new Late(0.1, Duration.ofSeconds(30)));
        assertThat(changed.errorCodes()).containsEntry(0x14, 3).containsEntry(0x58, 1);
        assertThat(changed.unanswered()).containsExactly(Unanswered.BIND, Unanswered.ENQUIRE_LINK);
        put("/behaviour", get("/behaviour").body());
        assertThat(smsc.behaviour()).isEqualTo(changed);
    }

    @Test
    void a_put_begins_from_the_start_and_a_patch_from_now() throws Exception {
        patch("/behaviour", "{\"latency\":\"50ms\"}");
        patch("/behaviour", "{\"throttle\":5}");
        assertThat(smsc.behaviour().latency()).hasToString("50ms");

        put("/behaviour", "{\"throttle\":7}");

        assertThat(smsc.behaviour())
                .isEqualTo(Behaviour.prompt().with().throttle(7).build());
    }

    @Test
    void each_wrong_field_is_told_and_nothing_is_changed() throws Exception {
        HttpResponse<String> answer = patch("/behaviour", """
                {"throttle":5,"lattency":"1s","latency":"50ms..10ms","errorRate":2,"maxBinds":-1,"mute":"maybe",
                 "receiptState":"LOST","lateAnswers":{"share":3,"after":"1s"},"unanswered":["DATA"],"throttleTotal":1.5,
                 "receipts":null,"errorCodes":{"full":1},"duplicateReceipts":"some"}""");

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode faults = JSON.readTree(answer.body()).get("faults");
        assertThat(faults).hasSize(12);
        for (String name : List.of(
                "lattency",
                "latency",
                "errorRate",
                "maxBinds",
                "mute",
                "receiptState",
                "lateAnswers",
                "unanswered",
                "throttleTotal",
                "receipts",
                "errorCodes",
                "duplicateReceipts")) {
            assertThat(faults)
                    .as(faults.toPrettyString())
                    .anySatisfy(fault -> assertThat(fault.asText()).startsWith(name));
        }
        assertThat(faults.toString())
                .contains("mute: this is not true or false")
                .contains("a number")
                .contains("null is no");
        assertThat(smsc.behaviour()).isEqualTo(Behaviour.prompt());
    }

    @Test
    void handset_texts_may_be_sent_together_with_their_parts_as_wished() throws Exception {
        try (Esme esme = Esme.receiver(smsc)) {
            HttpResponse<String> answer = post("/mo", """
                    [{"from":"447700900999","to":"12345","text":"%1$s","parts":[2,1],"segmentation":"UDH16"},
                     {"from":"447700900998","to":"12345","text":"Hello","encoding":"UCS2"}]""".formatted("long ".repeat(40)));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(esme.fromHandsets()).hasSize(3));
        }
        assertThat(post("/mo", "{\"from\":\"1\",\"to\":\"2\",\"text\":\"x\",\"parts\":[2]}")
                        .body())
                .contains("part 2 of a text of 1");
        assertThat(post("/mo", "{\"from\":\"1\",\"to\":\"2\",\"text\":\"x\",\"encoding\":\"EBCDIC\"}")
                        .body())
                .contains("encoding")
                .contains("UCS2");
    }

    @Test
    void a_wrong_wish_is_refused_with_a_sentence_and_changes_nothing() throws Exception {
        assertThat(post("/behaviour", "{\"lattency\":\"1s\"}").body())
                .contains("no such name")
                .contains("lattency");
        assertThat(post("/behaviour", "{\"latency\":\"soon\"}").body()).contains("no duration");
        assertThat(post("/behaviour", "{\"errorRate\":2}").body()).contains("errorRate is 2");
        assertThat(post("/behaviour", "[]").body()).contains("expected an object");
        assertThat(post("/behaviour", "{").statusCode()).isEqualTo(400);
        assertThat(post("/mo", "{\"from\":\"1\"}").body()).contains("to").contains("missing");
        assertThat(get("/messages?limit=-1").statusCode()).isEqualTo(400);
        assertThat(get("/stats/x").statusCode()).isEqualTo(404);
        assertThat(post("/stats", "").statusCode()).isEqualTo(405);
        assertThat(smsc.behaviour()).isEqualTo(Behaviour.prompt());
    }
}
