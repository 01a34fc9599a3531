package io.smspipeline.provider.generic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.DocumentedErrors;
import io.smspipeline.provider.http.Remedy;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Fault;
import io.smspipeline.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description that is shipped, and what is said about one that makes no sense. */
class DescribedApiTest {
    private static ConfiguredProvider infobip() throws IOException {
        String yaml = Files.readString(Path.of("examples/infobip.yaml"))
                .replace("secret-file: /run/secrets/infobip-key", "secret: the-key")
                .replace("webhook-secret-file: /run/secrets/infobip-webhook", "webhook-secret: hidden");
        Settings settings = Settings.parse(yaml, Map.of(), Set.of("providers"));
        List<ConfiguredProvider> read = ProviderCatalogue.onClassPath().read(settings.root());
        settings.faults().throwIfAny();
        return read.get(0);
    }

    private static DescribedApi api() throws IOException {
        return new DescribedApi("infobip", ((GenericAccount) infobip()).settings());
    }

    private static Submission submission(DescribedApi api, OutgoingMessage message) {
        return ((Plan.Submissions) api.plan(message)).all().get(0);
    }

    @Test
    void a_message_becomes_what_infobip_wants() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Say \"hello\"\nworld");

        Call call = api().submit(submission(api(), message), Duration.ofMinutes(10), 0);

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).hasToString("https://account.api.infobip.com/sms/3/messages");
        assertThat(call.headers())
                .containsEntry("Authorization", "App the-key")
                .containsEntry("Content-Type", "application/json");
        JsonNode sent =
                new ObjectMapper().readTree(call.body()).path("messages").path(0);
        assertThat(sent.path("sender").asText()).isEqualTo("12345");
        assertThat(sent.at("/destinations/0/to").asText()).isEqualTo("447700900123");
        assertThat(sent.at("/destinations/0/messageId").asText()).isEqualTo("m1");
        assertThat(sent.at("/content/text").asText()).isEqualTo("Say \"hello\"\nworld");
        assertThat(sent.at("/options/validityPeriod/amount").asInt()).isEqualTo(10);
        assertThat(sent.at("/options").has("flash")).isFalse();
        message.setMessageClass(0);
        assertThat(new ObjectMapper()
                        .readTree(api().submit(submission(api(), message), Duration.ofMinutes(10), 0)
                                .body())
                        .at("/messages/0/options/flash")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_it_answers_is_understood() throws Exception {
        assertThat(verdict("PENDING")).isEqualTo(new Verdict.Taken("m1"));
        assertThat(verdict("REJECTED")).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.remedy()).isEqualTo(Remedy.NEVER);
            assertThat(refused.failure().getCode()).isEqualTo(FailureCode.REQUEST);
            assertThat(refused.failure().getProviderText()).isEqualTo("words");
        });
        assertThat(verdict("SOMETHING_NEW"))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.remedy()).isEqualTo(Remedy.LATER));
        assertThat(DocumentedErrors.verdict(api(), 401, "{}"))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.remedy()).isEqualTo(Remedy.ACCOUNT));
        assertThat(DocumentedErrors.verdict(api(), 200, "?")).isInstanceOf(Verdict.Unclear.class);
    }

    private static Verdict verdict(String group) throws IOException {
        return DocumentedErrors.verdict(
                api(),
                200,
                "{\"messages\":[{\"messageId\":\"m1\",\"status\":{\"groupName\":\"" + group
                        + "\",\"name\":\"N\",\"description\":\"words\"}}]}");
    }

    private static WebhookVerdict read(WebhookKind kind, String query, String body) throws IOException {
        Webhooks webhooks = infobip().webhooks(Clock.systemUTC()).orElseThrow();
        return webhooks.read(new WebhookRequest(
                kind,
                "POST",
                List.of(),
                query,
                Map.of("Content-Type", List.of("application/json")),
                body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void its_callbacks_are_read() throws Exception {
        WebhookVerdict verdict = read(WebhookKind.STATUS, "secret=hidden", """
                {"results":[
                  {"messageId":"m1","to":"447700900123","status":{"groupName":"DELIVERED"},"error":{"id":0}},
                  {"messageId":"m2","to":"447700900124","status":{"groupName":"EXPIRED"},"error":{"id":5}}]}""");

        RecordingSink sink = new RecordingSink();
        ((WebhookVerdict.Arrived) verdict).all().forEach(arrival -> arrival.leaveIn(sink));
        assertThat(sink.receipts())
                .extracting(Receipt::getState)
                .containsExactly(ReceiptState.DELIVERED, ReceiptState.EXPIRED);
        assertThat(sink.receipts()).extracting(Receipt::getProviderMessageId).containsExactly("m1", "m2");
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,ENROUTE",
        "UNDELIVERABLE,UNDELIVERABLE",
        "DELIVERED,DELIVERED",
        "EXPIRED,EXPIRED",
        "REJECTED,REJECTED",
        "SOMETHING_NEW,UNKNOWN"
    })
    void each_of_its_words_is_a_state(String word, ReceiptState state) throws Exception {
        WebhookVerdict verdict = read(
                WebhookKind.STATUS,
                "secret=hidden",
                "{\"results\":[{\"messageId\":\"m1\",\"status\":{\"groupName\":\"" + word + "\"}}]}");

        RecordingSink sink = new RecordingSink();
        ((WebhookVerdict.Arrived) verdict).all().forEach(arrival -> arrival.leaveIn(sink));
        assertThat(sink.receipts()).extracting(Receipt::getState).containsExactly(state);
    }

    @Test
    void a_message_from_a_handset_is_read() throws Exception {
        WebhookVerdict verdict = read(
                WebhookKind.IM,
                "secret=hidden",
                "{\"results\":[{\"messageId\":\"i1\",\"from\":\"447700900123\",\"to\":\"12345\",\"text\":\"Hi\"}]}");

        RecordingSink sink = new RecordingSink();
        ((WebhookVerdict.Arrived) verdict).all().forEach(arrival -> arrival.leaveIn(sink));
        assertThat(sink.parts()).singleElement().satisfies(part -> {
            assertThat(part.getText()).isEqualTo("Hi");
            assertThat(part.getFrom()).isEqualTo("+447700900123");
        });
    }

    @Test
    void a_callback_without_the_secret_is_a_forgery() throws Exception {
        assertThat(read(WebhookKind.STATUS, "", "{}")).isInstanceOf(WebhookVerdict.Forged.class);
    }

    private static List<String> faults(String... lines) {
        String yaml = "providers:\n  - alias: mine\n    type: http\n    " + String.join("\n    ", lines) + "\n";
        Settings settings = Settings.parse(yaml, Map.of(), Set.of("providers"));
        List<ConfiguredProvider> ignored = ProviderCatalogue.onClassPath().read(settings.root());
        return settings.faults().all().stream().map(Fault::toString).toList();
    }

    @Test
    void everything_that_is_wrong_with_a_description_is_told_at_once() {
        assertThat(faults(
                        "request: {path: \"/x?to=${too}\", body: \"$(${to}\"}",
                        "answer: {state: /s, errors: {\"5\": perhaps}}",
                        "callbacks: {status: {id: /i}}"))
                .anySatisfy(fault -> assertThat(fault).contains("base-url", "missing"))
                .anySatisfy(fault -> assertThat(fault).contains("request.path", "${too}"))
                .anySatisfy(fault -> assertThat(fault).contains("request.body", "does not close"))
                .anySatisfy(fault -> assertThat(fault).contains("answer.id", "missing"))
                .anySatisfy(fault -> assertThat(fault).contains("answer.taken", "missing"))
                .anySatisfy(fault -> assertThat(fault).contains("answer.errors.5"))
                .anySatisfy(fault -> assertThat(fault).contains("callbacks.status.state", "missing"));
    }

    @Test
    void answers_that_are_no_json_are_read_with_expressions() {
        ConfiguredProvider legacy = io.smspipeline.provider.TestProviders.of(
                "type: http",
                "base-url: http://127.0.0.1:1",
                "user: me",
                "secret: pass",
                "request: {method: GET, path: \"/http/sendmsg?user=${user}&password=${secret}&to=${to-digits}&text=${text}\"}",
                "answer: {id: 'ID: (\\w+)', code: 'ERR: (\\d+)', text: 'ERR: \\d+, (.*)', errors: {\"301\": {as: account, code: credit}}}");
        DescribedApi api = new DescribedApi("old", ((GenericAccount) legacy).settings());

        Call call = api.submit(submission(api, Messages.text("m1", "Hi & bye")), Duration.ofHours(1), 0);

        assertThat(call.uri().toString())
                .isEqualTo("http://127.0.0.1:1/http/sendmsg?user=me&password=pass&to=447700900123&text=Hi%20%26%20bye");
        assertThat(DocumentedErrors.verdict(api, 200, "ID: 0a1b")).isEqualTo(new Verdict.Taken("0a1b"));
        assertThat(DocumentedErrors.verdict(api, 200, "ERR: 301, No Credit Left"))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                    assertThat(refused.remedy()).isEqualTo(Remedy.ACCOUNT);
                    assertThat(refused.failure().getCode()).isEqualTo(FailureCode.CREDIT);
                    assertThat(refused.failure().getProviderText()).isEqualTo("No Credit Left");
                });
    }
}
