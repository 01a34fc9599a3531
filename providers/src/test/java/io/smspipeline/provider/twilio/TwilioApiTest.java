package io.smspipeline.provider.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.LookUp;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioApiTest {
    private static final String SID = "AC00000000000000000000000000000001";

    static TwilioApi api(String... more) {
        List<String> keys = new ArrayList<>(List.of("type: twilio", "account-sid: " + SID, "auth-token: token"));
        keys.addAll(List.of(more));
        ConfiguredProvider account = TestProviders.of(keys.toArray(new String[0]));
        return new TwilioApi("us", ((TwilioAccount) account).settings());
    }

    private static Submission only(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return ((Plan.Submissions) plan).all().get(0);
    }

    private static Map<String, String> fields(TwilioApi api, OutgoingMessage message) {
        Call call = api.submit(only(api.plan(message)), Duration.ofMinutes(5), 0);
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : new String(call.body(), StandardCharsets.UTF_8).split("&")) {
            String[] pair = field.split("=", 2);
            fields.put(
                    URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Test
    void a_message_is_a_form_with_basic_authentication() {
        TwilioApi api = api();
        OutgoingMessage message = Messages.text("m1", "Hi & grüße");

        Call call = api.submit(only(api.plan(message)), Duration.ofHours(1), 0);

        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).hasToString("https://api.twilio.com/2010-04-01/Accounts/" + SID + "/Messages.json");
        assertThat(call.headers())
                .containsEntry("Authorization", "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0b2tlbg==")
                .containsEntry("Accept", "application/json");
        assertThat(new String(call.body(), StandardCharsets.US_ASCII))
                .isEqualTo("To=%2B447700900123&From=12345&Body=Hi%20%26%20gr%C3%BC%C3%9Fe&ValidityPeriod=3600");
        assertThat(call.toString()).doesNotContain("token").doesNotContain("447700900123");
    }

    @Test
    void an_api_key_authenticates_in_place_of_the_token() {
        TwilioApi api = api("api-key: SK1", "api-key-secret: other");

        Call call = api.submit(only(api.plan(Messages.text("m1", "Hi"))), Duration.ofHours(1), 0);

        assertThat(call.headers()).containsEntry("Authorization", "Basic U0sxOm90aGVy");
    }

    @Test
    void the_account_says_who_sends_what_names_nobody() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setFrom(null);

        assertThat(fields(api("from: \"+15550001\""), message)).containsEntry("From", "+15550001");
        assertThat(fields(api("messaging-service-sid: MG1"), message))
                .containsEntry("MessagingServiceSid", "MG1")
                .doesNotContainKey("From");
        assertThat(api().plan(message))
                .isInstanceOfSatisfying(
                        Plan.Unfit.class,
                        unfit -> assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.INVALID_SENDER));
    }

    @Test
    void receipts_are_asked_for_where_there_is_an_address_for_them() {
        TwilioApi api = api("status-callback: https://sms.example/secret/us/status");
        OutgoingMessage message = Messages.text("m1", "Hi");

        assertThat(api.givesReceipts()).isTrue();
        assertThat(fields(api, message)).containsEntry("StatusCallback", "https://sms.example/secret/us/status");
        message.setStatusReport(StatusReport.NONE);
        assertThat(fields(api, message)).doesNotContainKey("StatusCallback");
        assertThat(api().givesReceipts()).isFalse();
    }

    @Test
    void validity_is_at_most_ten_hours_and_a_message_may_ask_for_less() {
        TwilioApi api = api();
        OutgoingMessage message = Messages.text("m1", "Hi");
        Submission submission = only(api.plan(message));

        assertThat(new String(api.submit(submission, Duration.ofHours(48), 0).body(), StandardCharsets.UTF_8))
                .endsWith("ValidityPeriod=36000");
        message.setParams(Map.of("expires", "2"));
        assertThat(fields(api, message)).containsEntry("ValidityPeriod", "120");
    }

    @Test
    void parameters_reach_the_fields_they_name_and_those_of_others_are_passed_over() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setParams(Map.of("SmartEncoded", "true", "twilio.RiskCheck", "disable", "vonage.ttl", "5", "ttl", "9"));

        assertThat(fields(api(), message))
                .containsEntry("SmartEncoded", "true")
                .containsEntry("RiskCheck", "disable")
                .doesNotContainKeys("ttl", "vonage.ttl");
    }

    @Test
    void a_parameter_cannot_take_the_place_of_what_the_message_says() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setParams(Map.of("twilio.To", "+15550001"));

        assertThat(api().plan(message)).isInstanceOf(Plan.Unfit.class);
    }

    @Test
    void a_sender_id_of_the_parameters_goes_before_all_others() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setParams(Map.of("senderId", "ACME"));

        assertThat(only(api().plan(message)).from()).isEqualTo("ACME");
        assertThat(fields(api(), message)).containsEntry("From", "ACME");
    }

    @Test
    void what_twilio_has_not_is_noted_and_a_strict_message_is_not_sent_without_it() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setMessageClass(0);
        message.setParams(Map.of("escalate", "true", "routingGroup", "PREMIUM"));

        assertThat(only(api().plan(message)).notes())
                .hasSize(3)
                .anySatisfy(note -> assertThat(note).contains("escalate"));
        message.setParams(Map.of("escalate", "true", "strict", "true"));
        assertThat(api().plan(message))
                .isInstanceOfSatisfying(
                        Plan.Unfit.class,
                        unfit -> assertThat(unfit.failure().getCode()).isEqualTo(FailureCode.UNSUPPORTED));
    }

    @Test
    void binary_content_and_long_texts_are_not_for_twilio() {
        OutgoingMessage binary = Messages.text("m1", "Hi");
        binary.setContent(new BinaryContent(ByteBuffer.wrap(new byte[] {1}), null, null, null));

        assertThat(api().plan(binary)).isInstanceOf(Plan.Unfit.class);
        assertThat(api().plan(Messages.text("m2", "x".repeat(1_601)))).isInstanceOf(Plan.Unfit.class);
        assertThat(only(api().plan(Messages.text("m3", "x".repeat(1_600)))).parts())
                .isEqualTo(11);
    }

    private static HttpAnswer listed(String... messages) {
        return new HttpAnswer(
                200,
                Map.of(),
                ("{\"messages\":[" + String.join(",", messages) + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static String listed(String sid, String body, String date) {
        return "{\"sid\":\"" + sid + "\",\"body\":\"" + body + "\",\"direction\":\"outbound-api\",\"date_created\":\""
                + date + "\"}";
    }

    @Test
    void a_lost_answer_is_looked_up_among_the_messages_to_that_recipient() {
        TwilioApi api = api();
        Instant leftAt = Instant.parse("2026-11-21T18:30:00Z");
        LookUp lookUp =
                api.lookUp(only(api.plan(Messages.text("m1", "Hello"))), leftAt).orElseThrow();

        assertThat(lookUp.call().method()).isEqualTo("GET");
        assertThat(lookUp.call().uri().getRawQuery()).contains("To=%2B447700900123", "From=12345");
        String now = "Sat, 21 Nov 2026 18:30:01 +0000";
        assertThat(lookUp.found().apply(listed(listed("SM1", "Hello", "Sat, 21 Nov 2026 18:00:00 +0000"))))
                .isEmpty();
        assertThat(lookUp.found().apply(listed(listed("SM2", "Another", now)))).isEmpty();
        assertThat(lookUp.found().apply(listed(listed("SM3", "Hello", now)))).contains(new Verdict.Taken("SM3"));
    }

    @Test
    void one_that_is_known_to_be_another_message_is_not_found() {
        TwilioApi api = api();
        Submission first = only(api.plan(Messages.text("m1", "Hello")));
        api.meaning(
                first,
                0,
                new HttpAnswer(201, Map.of(), "{\"sid\":\"SM1\"}".getBytes(StandardCharsets.UTF_8)),
                Instant.EPOCH);
        LookUp lookUp = api.lookUp(only(api.plan(Messages.text("m2", "Hello"))), Instant.parse("2026-11-21T18:30:00Z"))
                .orElseThrow();

        assertThat(lookUp.found().apply(listed(listed("SM1", "Hello", "Sat, 21 Nov 2026 18:30:01 +0000"))))
                .isEmpty();
    }
}
