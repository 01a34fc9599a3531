package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.bulksms.BulkSmsWebhooks;
import io.smspipeline.provider.clickatell.ClickatellWebhooks;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.provider.twilio.TwilioWebhooks;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.settings.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a provider meets it: over a socket. Kafka is played by a sink. */
class WebhookServerTest {
    static {
        TrustedRecords.trust();
    }

    private static final int LIMIT = 4096;
    private static final Map<String, String> MESSAGE = TwilioCalls.message("SM1", "+14155550100", "Hello?");

    private final RecordingSink sink = new RecordingSink();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private WebhookServer server = start(Optional.empty(), List.of());

    private WebhookServer start(Optional<String> publicUrl, List<AddressRange> trusted) {
        HttpSettings settings = new HttpSettings("127.0.0.1", 0, "s3cret", publicUrl, trusted, LIMIT);
        List<Webhooks> all = List.of(
                new TwilioWebhooks("us", TwilioCalls.TOKEN, Clock.systemUTC()),
                new BulkSmsWebhooks("za", new UrlSecret(Secret.of("agreed")), Clock.systemUTC()),
                new ClickatellWebhooks("af", new UrlSecret(Secret.of("")), Clock.systemUTC()));
        return WebhookServer.start(settings, all, sink, meters);
    }

    private void restart(String publicUrl, String... trusted) {
        server.close();
        List<AddressRange> ranges = new ArrayList<>();
        for (String range : trusted) {
            ranges.add(AddressRange.parse(range));
        }
        server = start(publicUrl.isEmpty() ? Optional.empty() : Optional.of(publicUrl), ranges);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String url(String rest) {
        return "http://127.0.0.1:" + server.port() + rest;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder to(String rest) {
        return HttpRequest.newBuilder(URI.create(url(rest))).timeout(Duration.ofSeconds(60));
    }

    private double count(String name, String provider) {
        return meters.get(name).tag("provider", provider).counter().count();
    }

    private double webhooks(String provider, String result) {
        return meters.get("sms.receiver.webhooks")
                .tag("provider", provider)
                .tag("result", result)
                .counter()
                .count();
    }

    @Test
    void a_signed_message_is_taken_and_answered_as_twilio_expects() {
        HttpResponse<String> answer = send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/xml");
        assertThat(answer.body()).isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");
        assertThat(sink.parts())
                .singleElement()
                .satisfies(part -> assertThat(part.getText()).isEqualTo("Hello?"));
        assertThat(webhooks("us", "taken")).isEqualTo(1);
    }

    @Test
    void
            a_signature_that_differs_in_the_case_of_a_letter_is_no_signature_also_after_the_right_one_on_the_same_connection() {
        String url = url("/s3cret/us/im");
        String signature = TwilioCalls.signature(url, MESSAGE);
        HttpRequest genuine = TwilioCalls.call(url, MESSAGE, signature).build();
        HttpRequest altered =
                TwilioCalls.call(url, MESSAGE, otherCase(signature)).build();

        for (int i = 0; i < 3; i++) {
            assertThat(send(genuine).statusCode()).isEqualTo(200);
            assertThat(send(altered).statusCode()).isEqualTo(403);
        }
    }

    private static String otherCase(String signature) {
        return signature
                .chars()
                .map(c -> Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void a_status_is_answered_without_content() {
        HttpResponse<String> answer = send(TwilioCalls.signed(
                url("/s3cret/us/status?k=1"), TwilioCalls.status("SM2", "+14155550100", "delivered")));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(sink.correlationIds()).containsExactly("sm2");
    }

    @Test
    void each_provider_gets_its_own_answer() {
        HttpResponse<String> bulksms = send(to("/s3cret/za/status?secret=agreed")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("[]"))
                .build());
        HttpResponse<String> clickatell =
                send(to("/s3cret/af/status?messageId=1&statusCode=5").GET().build());

        assertThat(bulksms.statusCode()).isEqualTo(204);
        assertThat(clickatell.statusCode()).isEqualTo(200);
        assertThat(clickatell.body()).isEqualTo("OK");
    }

    @Test
    void nothing_is_answered_before_kafka_has_it() {
        sink.hold();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE), BodyHandlers.ofString());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sink.holding() == 1);

        assertThat(answer).isNotDone();
        sink.release();

        assertThat(answer)
                .succeedsWithin(Duration.ofSeconds(30))
                .satisfies(response -> assertThat(response.statusCode()).isEqualTo(200));
    }

    @Test
    void what_kafka_does_not_take_is_to_be_sent_again() {
        sink.fail();

        HttpResponse<String> answer = send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(webhooks("us", "later")).isEqualTo(1);
        sink.take();
        assertThat(send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void more_requests_than_threads_may_wait_for_kafka() {
        sink.hold();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(client.sendAsync(
                    TwilioCalls.signed(url("/s3cret/us/im"), TwilioCalls.message("SM" + i, "+14155550100", "Hi")),
                    BodyHandlers.ofString()));
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sink.holding() == 200);

        sink.release();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer)
                        .succeedsWithin(Duration.ofSeconds(60))
                        .extracting(HttpResponse::statusCode)
                        .isEqualTo(200));
    }

    @Test
    void a_forged_request_is_refused_and_counted() {
        String url = url("/s3cret/us/im");
        Map<String, String> altered = new HashMap<>(MESSAGE);
        altered.put("Body", "Hello!");

        HttpResponse<String> answer = send(TwilioCalls.call(url, altered, TwilioCalls.signature(url, MESSAGE))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(sink.parts()).isEmpty();
        assertThat(count("sms.receiver.signature.refused", "us")).isEqualTo(1);
        assertThat(count("sms.receiver.signature.refused", "za")).isZero();
        assertThat(send(to("/s3cret/za/im?secret=guessed")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("[]"))
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(count("sms.receiver.signature.refused", "za")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/us/im",
                "/s3cret",
                "/s3cret/us",
                "/s3cret/us/im/",
                "/s3cret/other/im",
                "/s3cret/us/other",
                "/S3cret/us/im",
                "/s3cre/us/im",
                "/s3cret/../s3cret2/us/im",
                "/s3cret//us/im"
            })
    void what_is_not_there_is_not_found(String path) {
        assertThat(send(TwilioCalls.signed(url(path), MESSAGE)).statusCode()).isEqualTo(404);
        assertThat(sink.parts()).isEmpty();
    }

    @Test
    void other_methods_are_refused_with_those_there_are() {
        HttpResponse<String> answer =
                send(to("/s3cret/us/im").PUT(BodyPublishers.ofString("x")).build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, POST");
        assertThat(send(to("/s3cret/za/im").GET().build()).statusCode()).isEqualTo(405);
        assertThat(send(to("/s3cret/us/im")
                                .method("HEAD", BodyPublishers.noBody())
                                .build())
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void other_media_types_are_refused() {
        assertThat(send(to("/s3cret/us/im")
                                .header("Content-Type", "text/xml")
                                .POST(BodyPublishers.ofString("<x/>"))
                                .build())
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(to("/s3cret/us/im").POST(BodyPublishers.ofString("x=1")).build())
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_body_over_the_limit_is_refused_whether_its_length_is_told_or_not() {
        String long_ = "x".repeat(LIMIT + 1);

        assertThat(send(to("/s3cret/us/im")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(long_))
                                .build())
                        .statusCode())
                .isEqualTo(413);
        assertThat(send(to("/s3cret/us/im")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                                        long_.repeat(50).getBytes(StandardCharsets.UTF_8))))
                                .build())
                        .statusCode())
                .isEqualTo(413);
        assertThat(webhooks("us", "unfit")).isEqualTo(2);
    }

    @Test
    void a_body_of_unknown_length_within_the_limit_is_taken() {
        String url = url("/s3cret/us/im");
        byte[] body = TwilioCalls.form(MESSAGE).getBytes(StandardCharsets.UTF_8);

        HttpResponse<String> answer = send(TwilioCalls.call(url, MESSAGE, TwilioCalls.signature(url, MESSAGE))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_request_that_comes_again_by_name_is_answered_and_not_written_again() {
        String url = url("/s3cret/us/im");
        HttpRequest again = TwilioCalls.call(url, MESSAGE, TwilioCalls.signature(url, MESSAGE))
                .header("I-Twilio-Idempotency-Token", "7b2e")
                .build();
        sink.fail();
        assertThat(send(again).statusCode()).isEqualTo(503);
        sink.take();

        assertThat(send(again).statusCode()).isEqualTo(200);
        assertThat(send(again).statusCode()).isEqualTo(200);

        assertThat(sink.parts()).as("once refused by the sink, once taken").hasSize(2);
        assertThat(webhooks("us", "repeated")).isEqualTo(1);
    }

    @Test
    void the_public_address_is_what_was_signed() {
        for (String configured : List.of("https://sms.example.com/", "https://sms.example.com/s3cret")) {
            restart(configured);
            HttpRequest request = TwilioCalls.call(
                            url("/s3cret/us/im"),
                            MESSAGE,
                            TwilioCalls.signature("https://sms.example.com/s3cret/us/im", MESSAGE))
                    .build();

            assertThat(send(request).statusCode()).as(configured).isEqualTo(200);
        }
        assertThat(send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE)).statusCode())
                .isEqualTo(403);
    }

    private HttpRequest forwarded(String... headers) {
        return TwilioCalls.call(
                        url("/s3cret/us/im"),
                        MESSAGE,
                        TwilioCalls.signature("https://sms.example.com:8443/s3cret/us/im", MESSAGE))
                .headers(headers)
                .build();
    }

    @Test
    void what_a_trusted_proxy_forwards_counts_and_what_others_forward_does_not() {
        String[] usual = {
            "X-Forwarded-Proto", "https", "X-Forwarded-Host", "sms.example.com", "X-Forwarded-Port", "8443"
        };
        String[] standard = {"Forwarded", "for=192.0.2.1;proto=https;host=\"sms.example.com:8443\", for=10.0.0.1"};
        assertThat(send(forwarded(usual)).statusCode()).isEqualTo(403);
        assertThat(send(forwarded(standard)).statusCode()).isEqualTo(403);
        restart("", "10.0.0.0/8");
        assertThat(send(forwarded(usual)).statusCode()).isEqualTo(403);
        restart("", "10.0.0.0/8", "127.0.0.0/8");

        assertThat(send(forwarded(usual)).statusCode()).isEqualTo(200);
        assertThat(send(forwarded(standard)).statusCode()).isEqualTo(200);
    }

    @Test
    void bodies_that_come_slowly_keep_no_thread_from_others() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                slow.add(socket);
                OutputStream out = socket.getOutputStream();
                out.write(("POST /s3cret/us/im HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
                                + "Content-Type: application/x-www-form-urlencoded\r\n\r\nFrom=")
                        .getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }

            assertThat(send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE)).statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void closing_answers_what_came_and_takes_nothing_more() throws Exception {
        sink.hold();
        CompletableFuture<HttpResponse<String>> waiting =
                client.sendAsync(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE), BodyHandlers.ofString());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> sink.holding() == 1);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        Awaitility.await("nothing more is taken")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE)).statusCode() == 503);

        sink.release();

        assertThat(waiting.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(closing).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void a_port_in_use_is_said_to_be() {
        HttpSettings taken = new HttpSettings("127.0.0.1", server.port(), "s3cret", Optional.empty(), List.of(), LIMIT);

        Assertions.assertThatThrownBy(() -> WebhookServer.start(taken, List.of(), sink, new SimpleMeterRegistry()))
                .isInstanceOf(StartUpFault.class)
                .hasMessageContaining("receiver.http.port");
    }

    @Test
    void nonsense_on_the_socket_harms_nobody() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write("\0\1\2 nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            socket.setSoTimeout(30_000);
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
        assertThat(send(TwilioCalls.signed(url("/s3cret/us/im"), MESSAGE)).statusCode())
                .isEqualTo(200);
    }
}
