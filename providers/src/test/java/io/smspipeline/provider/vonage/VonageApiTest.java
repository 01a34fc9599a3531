package io.smspipeline.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.http.Call;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VonageApiTest {
    static VonageApi api(String... more) {
        List<String> keys = new ArrayList<>(List.of("type: vonage", "api-key: abcd1234", "api-secret: secret"));
        keys.addAll(List.of(more));
        return new VonageApi("eu", ((VonageAccount) TestProviders.of(keys.toArray(new String[0]))).settings());
    }

    private static Call call(VonageApi api, OutgoingMessage message) {
        Plan plan = api.plan(message);
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        Submission submission = ((Plan.Submissions) plan).all().get(0);
        return api.submit(submission, Duration.ofMinutes(15), 0);
    }

    private static JsonNode body(VonageApi api, OutgoingMessage message) throws IOException {
        return new ObjectMapper().readTree(call(api, message).body());
    }

    @Test
    void a_message_is_json_with_basic_authentication() throws Exception {
        Call call = call(api(), Messages.text("m1", "Hello"));

        assertThat(call.uri()).hasToString("https://rest.nexmo.com/sms/json");
        assertThat(call.headers()).containsEntry("Authorization", "Basic YWJjZDEyMzQ6c2VjcmV0");
        assertThat(new ObjectMapper().readTree(call.body())).isEqualTo(new ObjectMapper().readTree("""
                                {"to":"447700900123","from":"12345","type":"text","text":"Hello",
                                 "status-report-req":true,"ttl":900000,"client-ref":"m1"}"""));
    }

    @Test
    void characters_beyond_gsm_make_it_unicode_and_so_does_who_wants_it() throws Exception {
        assertThat(body(api(), Messages.text("m1", "Hi ž")).path("type").asText())
                .isEqualTo("unicode");
        OutgoingMessage wanted = Messages.text("m2", "Hi");
        wanted.setEncoding(Encoding.UCS2);
        assertThat(body(api(), wanted).path("type").asText()).isEqualTo("unicode");
    }

    @Test
    void octets_are_told_in_hexadecimal_with_their_header() throws Exception {
        OutgoingMessage binary = Messages.text("m1", "");
        binary.setContent(new BinaryContent(
                ByteBuffer.wrap(new byte[] {(byte) 0xCA, (byte) 0xFE}),
                ByteBuffer.wrap(new byte[] {2, 0x70, 0}),
                null,
                null));
        binary.setMessageClass(1);
        binary.setProtocolId(0x7F);
        binary.setStatusReport(StatusReport.NONE);

        JsonNode body = body(api(), binary);

        assertThat(body.path("type").asText()).isEqualTo("binary");
        assertThat(body.path("body").asText()).isEqualTo("cafe");
        assertThat(body.path("udh").asText()).isEqualTo("027000");
        assertThat(body.path("message-class").asInt()).isEqualTo(1);
        assertThat(body.path("protocol-id").asInt()).isEqualTo(127);
        assertThat(body.path("status-report-req").asBoolean(true)).isFalse();
    }

    @Test
    void parameters_reach_the_fields_they_name() throws Exception {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setParams(
                Map.of("ttl", "60000", "vonage.entity-id", "e1", "client-ref", "mine", "SmartEncoded", "true"));

        JsonNode body = body(api("callback: https://sms.example/s/eu/status"), message);

        assertThat(body.path("ttl").isInt()).isTrue();
        assertThat(body.path("ttl").asInt()).isEqualTo(60_000);
        assertThat(body.path("entity-id").asText()).isEqualTo("e1");
        assertThat(body.path("client-ref").asText()).isEqualTo("mine");
        assertThat(body.path("callback").asText()).isEqualTo("https://sms.example/s/eu/status");
        assertThat(body.has("SmartEncoded")).isFalse();
    }

    @Test
    void a_sender_of_letters_stays_as_it_is_and_a_number_loses_its_plus() throws Exception {
        OutgoingMessage letters = Messages.text("m1", "Hello");
        letters.setFrom("AcmeInc");
        OutgoingMessage number = Messages.text("m2", "Hello");
        number.setFrom("+447700900999");

        assertThat(body(api(), letters).path("from").asText()).isEqualTo("AcmeInc");
        assertThat(body(api(), number).path("from").asText()).isEqualTo("447700900999");
    }

    @Test
    void a_reply_to_letters_cannot_be_had() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setFrom("AcmeInc");
        message.setAllowReply(true);

        assertThat(((Plan.Submissions) api().plan(message)).all().get(0).notes())
                .hasSize(1);
        message.setParams(Map.of("strict", "true"));
        assertThat(api().plan(message)).isInstanceOf(Plan.Unfit.class);
    }

    @Test
    void who_sends_it_must_be_said_by_message_or_account() {
        OutgoingMessage message = Messages.text("m1", "Hello");
        message.setFrom(null);

        assertThat(api().plan(message)).isInstanceOf(Plan.Unfit.class);
        assertThat(api("from: ACME").plan(message)).isInstanceOf(Plan.Submissions.class);
    }
}
