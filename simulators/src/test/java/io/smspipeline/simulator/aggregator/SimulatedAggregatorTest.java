package io.smspipeline.simulator.aggregator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedAggregatorTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SID = "AC00000000000000000000000000000001";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private SimulatedAggregator start(AggregatorSettings settings) throws Exception {
        SimulatedAggregator aggregator = SimulatedAggregator.start(settings);
        open.add(aggregator);
        return aggregator;
    }

    private HttpResponse<String> post(URI where, String type, String authorization, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(where)
                        .header("Content-Type", type)
                        .header("Authorization", authorization)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> sms(SimulatedAggregator twilio, String form) throws Exception {
        return post(
                URI.create(twilio.url() + "/2010-04-01/Accounts/" + SID + "/Messages.json"),
                "application/x-www-form-urlencoded",
                basic(SID, "token"),
                form);
    }

    private static AggregatorSettings twilio() {
        return AggregatorSettings.forTests(AggregatorType.TWILIO, SID, "token");
    }

    /** Where callbacks arrive, answered with these statuses in turn, the last one for ever. */
    private final class Hooks {
        private final List<String> paths = new CopyOnWriteArrayList<>();
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private final List<String> signatures = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Hooks(int... statuses) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            AtomicInteger number = new AtomicInteger();
            server.createContext("/", exchange -> {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                paths.add(exchange.getRequestURI().toString());
                signatures.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Twilio-Signature")));
                exchange.sendResponseHeaders(statuses[Math.min(number.getAndIncrement(), statuses.length - 1)], -1);
                exchange.close();
            });
            server.start();
            open.add(() -> server.stop(0));
        }

        URI at(String fragment) {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hooks" + fragment);
        }
    }

    @Test
    void twilio_takes_a_form_and_answers_with_the_message() throws Exception {
        HttpResponse<String> answer = sms(start(twilio()), "To=%2B447700900123&From=12345&Body=Hi+%26+gr%C3%BC%C3%9Fe");

        JsonNode message = json.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(message.path("sid").asText()).matches("SM[0-9a-f]{32}");
        assertThat(message.path("status").asText()).isEqualTo("queued");
        assertThat(message.path("body").asText()).isEqualTo("Hi & grüße");
        assertThat(message.path("num_segments").asText()).isEqualTo("1");
    }

    @Test
    void what_twilio_refuses_has_its_code() throws Exception {
        SimulatedAggregator twilio = start(twilio());

        JsonNode error =
                json.readTree(sms(twilio, "To=nobody&From=12345&Body=Hi").body());

        assertThat(error.path("code").asInt()).isEqualTo(21211);
        assertThat(error.path("status").asInt()).isEqualTo(400);
        assertThat(post(
                                URI.create(twilio.url() + "/2010-04-01/Accounts/" + SID + "/Messages.json"),
                                "application/x-www-form-urlencoded",
                                basic(SID, "wrong"),
                                "To=%2B447700900123&From=1&Body=Hi")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void too_many_requests_are_told_when_to_come_back_and_who_comes_early_is_counted() throws Exception {
        SimulatedAggregator twilio = start(twilio().withBehaviour(
                        AggregatorBehaviour.PROMPT.with("throttleAll", true).with("retryAfter", "60s")));

        HttpResponse<String> answer = sms(twilio, "To=%2B447700900123&From=12345&Body=Hi");
        HttpResponse<String> again = sms(twilio, "To=%2B447700900123&From=12345&Body=Hi");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        assertThat(again.statusCode()).isEqualTo(429);
        assertThat(twilio.figures().early()).isEqualTo(1);
    }

    @Test
    void signatures_are_those_of_the_documentation() {
        assertThat(Signing.base64("HmacSHA1", "0123456789abcdef0123456789abcdef", "https://h.example/xAaAbZ9"))
                .isEqualTo("DVVlGXI+LgZrMxX4BOCBD0jVSrY=");
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("api-key", "abcd1234");
        fields.put("keyword", "HELLO");
        fields.put("message-timestamp", "2020-01-12 00:00:00");
        fields.put("messageId", "0A0000000123ABCD1");
        fields.put("msisdn", "447700900001");
        fields.put("nonce", "aaaaaaaa-bbbb-cccc-dddd-0123456789ab");
        fields.put("text", "Hello & bye=1");
        fields.put("timestamp", "1578787200");
        fields.put("to", "447700900000");
        fields.put("type", "text");
        String secret = "my_signature_secret_0123456789ab";
        assertThat(Signing.vonage("md5hash", secret, fields)).isEqualToIgnoringCase("F148BC24C8FB7838382BB3999640D28D");
        assertThat(Signing.vonage("sha1hmac", secret, fields))
                .isEqualToIgnoringCase("286852364E60D69C53BDADC9236C2574F183B3D8");
        assertThat(Signing.vonage("sha256hmac", secret, fields))
                .isEqualToIgnoringCase("3C991342E38616D9A981288687DC881B4F96FDEF0CAB1759E15D946AE9B8E47D");
    }

    @Test
    void receipts_follow_and_a_forged_one_goes_before_where_it_is_wished() throws Exception {
        Hooks hooks = new Hooks(403, 204);
        SimulatedAggregator twilio = start(twilio().withCallback(hooks.at("#rc=5&rp=all"), 1_000)
                .withBehaviour(AggregatorBehaviour.PROMPT.with("forgedShare", 1)));

        sms(twilio, "To=%2B447700900123&From=12345&Body=Hi");

        await().atMost(SOON).until(() -> twilio.figures().pending() == 0);
        assertThat(twilio.figures().receiptsAcked()).isEqualTo(2);
        assertThat(twilio.figures().forged()).isEqualTo(2);
        assertThat(hooks.paths).allMatch(path -> path.equals("/hooks/status"));
        assertThat(hooks.bodies).anyMatch(body -> body.contains("MessageStatus=delivered"));
        assertThat(hooks.signatures.stream().distinct()).hasSize(4);
    }

    @Test
    void twilio_by_itself_does_not_come_back_after_an_error() throws Exception {
        Hooks hooks = new Hooks(500);
        SimulatedAggregator twilio = start(twilio().withCallback(hooks.at(""), 1_000));

        twilio.sendFromHandset("447700900123", "12345", "Hi");

        await().atMost(SOON).until(() -> twilio.figures().pending() == 0);
        assertThat(twilio.figures().discarded()).isEqualTo(1);
        assertThat(hooks.bodies).hasSize(1);
    }

    @Test
    void vonage_tells_a_long_text_part_by_part_and_comes_back_until_it_is_taken() throws Exception {
        Hooks hooks = new Hooks(503, 503, 200);
        SimulatedAggregator vonage = start(AggregatorSettings.forTests(AggregatorType.VONAGE, "abcd1234", "secret")
                .withSignature("sha256hmac", "signing")
                .withTransport(AggregatorSettings.CallbackTransport.JSON)
                .withCallback(hooks.at(""), 1_000));

        vonage.sendFromHandset("447700900123", "12345", "long ".repeat(60));

        await().atMost(SOON).until(() -> vonage.figures().pending() == 0);
        assertThat(vonage.figures().mosAcked()).isGreaterThan(2);
        assertThat(vonage.figures().retried()).isEqualTo(2);
        JsonNode part = json.readTree(hooks.bodies.get(0));
        assertThat(part.path("concat").asText()).isEqualTo("true");
        assertThat(part.path("sig").asText()).isNotBlank();
    }

    @Test
    void vonage_answers_200_to_everything_and_one_item_for_each_part() throws Exception {
        SimulatedAggregator vonage = start(AggregatorSettings.forTests(AggregatorType.VONAGE, "abcd1234", "secret"));
        URI where = URI.create(vonage.url() + "/sms/json");

        HttpResponse<String> wrong = post(where, "application/json", basic("abcd1234", "no"), "{}");
        HttpResponse<String> form = post(
                where,
                "application/x-www-form-urlencoded",
                "none",
                "api_key=abcd1234&api_secret=secret&to=447700900123&from=ACME&text=" + "x".repeat(200));

        assertThat(wrong.statusCode()).isEqualTo(200);
        assertThat(json.readTree(wrong.body()).at("/messages/0/status").asText())
                .isEqualTo("4");
        assertThat(json.readTree(form.body()).path("message-count").asText()).isEqualTo("2");
    }

    @Test
    void bulksms_takes_a_repeat_once() throws Exception {
        SimulatedAggregator bulksms = start(AggregatorSettings.forTests(AggregatorType.BULKSMS, "id", "secret"));
        URI where = URI.create(bulksms.url() + "/v1/messages?deduplication-id=7");
        String body = "[{\"to\":[{\"type\":\"INTERNATIONAL\",\"address\":\"+447700900123\"}],\"body\":\"Hi\"}]";

        HttpResponse<String> first = post(where, "application/json", basic("id", "secret"), body);
        HttpResponse<String> again = post(where, "application/json", basic("id", "secret"), body);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(json.readTree(again.body()).at("/0/id"))
                .isEqualTo(json.readTree(first.body()).at("/0/id"));
        assertThat(bulksms.messages()).hasSize(1);
        assertThat(bulksms.figures().repeats()).isEqualTo(1);
    }

    @Test
    void clickatell_says_of_each_message_whether_it_is_accepted() throws Exception {
        SimulatedAggregator clickatell = start(AggregatorSettings.forTests(AggregatorType.CLICKATELL, "", "the-key"));
        URI where = URI.create(clickatell.url() + "/v1/message");
        String body = "{\"messages\":[{\"channel\":\"sms\",\"to\":\"447700900123\",\"content\":\"Hi\"}]}";

        HttpResponse<String> taken = post(where, "application/json", "the-key", body);
        clickatell.behave(AggregatorBehaviour.PROMPT.with("throttleAll", true));
        HttpResponse<String> throttled = post(where, "application/json", "the-key", body);

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(json.readTree(taken.body()).at("/messages/0/accepted").asBoolean())
                .isTrue();
        assertThat(throttled.statusCode()).isEqualTo(400);
        assertThat(json.readTree(throttled.body()).at("/error/code").asInt()).isEqualTo(43);
    }

    @Test
    void it_is_looked_at_and_moved_over_http() throws Exception {
        SimulatedAggregator twilio = start(twilio().withHttpPort(0));
        URI control = URI.create("http://127.0.0.1:" + twilio.httpPort());
        sms(twilio, "To=%2B447700900123&From=12345&Body=Hi");

        assertThat(json.readTree(get(control.resolve("/stats")))
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
        assertThat(json.readTree(get(control.resolve("/messages")))
                        .at("/0/text")
                        .asText())
                .isEqualTo("Hi");
        assertThat(post(control.resolve("/behaviour"), "application/json", "x", "{\"noCredit\":true}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(twilio.behaviour().noCredit()).isTrue();
        assertThat(post(control.resolve("/behaviour"), "application/json", "x", "{\"nothing\":1}")
                        .body())
                .contains("nothing");
    }

    private String get(URI where) throws Exception {
        return client.send(HttpRequest.newBuilder(where).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
