package io.smspipeline.provider.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** APIs are asked what became of a message; the other side answers what the test says. */
class HttpHeldTest {
    static {
        TrustedRecords.trust();
    }

    private static final HeldMessage MESSAGE = new HeldMessage("SM01", "12345", "+447700900123");

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "{}";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, octets.length);
                exchange.getResponseBody().write(octets);
            }
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private HeldAnswer query(String keys) throws Exception {
        Settings settings = Settings.parse(
                "providers: [{alias: acme, from: \"12345\", base-url: \"http://127.0.0.1:%d\", %s}]"
                        .formatted(server.getAddress().getPort(), keys),
                Map.of(),
                Set.of("providers"));
        var read = ProviderCatalogue.onClassPath().read(settings.root());
        settings.faults().throwIfAny();
        try (Provider provider = read.get(0)
                .open(new Wiring(
                        Clock.systemUTC(),
                        new RecordingSink(),
                        Replica.ONLY,
                        new SimpleMeterRegistry(),
                        PersonalData.MASKED))) {
            return provider.held()
                    .orElseThrow()
                    .query(MESSAGE)
                    .toCompletableFuture()
                    .get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
        }
    }

    private HeldAnswer queryTwilio() throws Exception {
        return query("type: twilio, account-sid: AC01, auth-token: secret");
    }

    @Test
    void twilio_tells_a_state_as_a_receipt() throws Exception {
        body = "{\"sid\":\"SM01\",\"status\":\"undelivered\",\"error_code\":30005,\"error_message\":\"Unknown\","
                + "\"to\":\"+447700900123\",\"from\":\"+14155550199\"}";

        HeldAnswer.Told told = (HeldAnswer.Told) queryTwilio();

        assertThat(asked).contains("GET /2010-04-01/Accounts/AC01/Messages/SM01.json");
        assertThat(told.correlationId()).isEqualTo("sm01");
        assertThat(told.receipt().getState()).isEqualTo(ReceiptState.UNDELIVERABLE);
        assertThat(told.receipt().getFinal$()).isTrue();
        assertThat(told.receipt().getHandset()).isEqualTo("+447700900123");
        assertThat(told.receipt().getFailure().getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
    }

    @Test
    void a_state_without_error_is_told_too() throws Exception {
        body = "{\"sid\":\"SM01\",\"status\":\"delivered\",\"error_code\":null,\"to\":\"+447700900123\"}";

        assertThat(((HeldAnswer.Told) queryTwilio()).receipt().getState()).isEqualTo(ReceiptState.DELIVERED);
    }

    @Test
    void bulksms_and_clickatell_tell_it_in_their_words() throws Exception {
        body =
                "{\"id\":\"SM01\",\"type\":\"SENT\",\"to\":\"447700900123\",\"status\":{\"type\":\"FAILED\",\"subtype\":\"EXPIRED\"}}";
        HeldAnswer.Told bulksms = (HeldAnswer.Told) query("type: bulksms, token-id: t, token-secret: s");
        body = "{\"sms\":{\"status\":\"DEVICE_ACK\",\"timestamp\":1579528123000}}";
        HeldAnswer.Told clickatell = (HeldAnswer.Told) query("type: clickatell, api-key: k");

        assertThat(bulksms.receipt().getState()).isEqualTo(ReceiptState.EXPIRED);
        assertThat(clickatell.receipt().getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(clickatell.correlationId()).isEqualTo("sm01");
        assertThat(asked).anyMatch(line -> line.endsWith("/messages/SM01"));
        assertThat(asked).contains("GET /v1/message/SM01");
    }

    @Test
    void who_does_not_know_it_refuses_and_who_has_trouble_is_asked_again() throws Exception {
        status = 404;
        assertThat(queryTwilio()).isInstanceOf(HeldAnswer.Refused.class);
        for (int trouble : new int[] {401, 429, 500, 503}) {
            status = trouble;
            assertThat(queryTwilio()).isInstanceOf(HeldAnswer.Unanswered.class);
        }
    }

    @Test
    void vonage_tells_none() throws Exception {
        HeldAnswer.Refused refused = (HeldAnswer.Refused) query("type: vonage, api-key: k, api-secret: s");

        assertThat(refused.failure().getCode()).isEqualTo(FailureCode.UNSUPPORTED);
    }
}
