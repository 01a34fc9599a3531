package io.smspipeline.provider.vonage;

import static io.smspipeline.provider.webhook.Requests.arrived;
import static io.smspipeline.provider.webhook.Requests.forged;
import static io.smspipeline.provider.webhook.Requests.form;
import static io.smspipeline.provider.webhook.Requests.get;
import static io.smspipeline.provider.webhook.Requests.json;
import static io.smspipeline.provider.webhook.Requests.part;
import static io.smspipeline.provider.webhook.Requests.receipt;
import static io.smspipeline.provider.webhook.Requests.receiptRecord;
import static io.smspipeline.provider.webhook.Requests.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.ReplayWindow;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures are those that @vonage/sms 1.21.0 and @vonage/jwt 1.14.0 accept. */
class VonageWebhooksTest {
    private static final Secret SECRET = Secret.of("my_signature_secret_0123456789ab");
    private static final String URL = "https://sms.example.com/s/eu/status";
    private static final String MO_FORM = "api-key=abcd1234&keyword=HELLO&message-timestamp=2020-01-12+00%3A00%3A00"
            + "&messageId=0A0000000123ABCD1&msisdn=447700900001&nonce=aaaaaaaa-bbbb-cccc-dddd-0123456789ab"
            + "&text=Hello+%26+bye%3D1&timestamp=1578787200&to=447700900000&type=text";
    private static final String SHA256 = "3C991342E38616D9A981288687DC881B4F96FDEF0CAB1759E15D946AE9B8E47D";
    private static final Instant MO_SIGNED = Instant.ofEpochSecond(1578787200);
    private static final String JWT_BODY = "{\"message_uuid\":\"aaaaaaaa-bbbb-cccc-dddd-0123456789ab\","
            + "\"to\":\"447700900000\",\"from\":\"447700900001\",\"timestamp\":\"2020-01-01T14:00:00.000Z\","
            + "\"status\":\"delivered\",\"channel\":\"sms\"}";
    private static final String JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
            + ".eyJpYXQiOjE1ODc0OTQ5NjIsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6IlZvbmFnZSIsInBh"
            + "eWxvYWRfaGFzaCI6IjMyYTIwOTQxYzRlOTJlNzNiMmU5ZDUzYTU4NjFlODRiNjU4N2UxNWRkOWYzZTA5N2E0MDFlNzc0MTVlZDg4YWMiLCJh"
            + "cGlfa2V5IjoiYTFiMmMzZCIsImFwcGxpY2F0aW9uX2lkIjoiYWFhYWFhYWEtYmJiYi1jY2NjLWRkZGQtMDEyMzQ1Njc4OWFiIn0"
            + ".8n4S2mt8PNcXdpGJU1WXB_YLZoibkxz9yWzGlYJk3U8";
    private static final Instant JWT_SIGNED = Instant.ofEpochSecond(1587494962);

    private static VonageWebhooks at(Instant now, Secret secret, SignatureMethod method) {
        return new VonageWebhooks(
                "eu", new VonageSigning(secret, method, ReplayWindow.DEFAULT), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static VonageWebhooks unsigned() {
        return at(MO_SIGNED, Secret.of(""), SignatureMethod.SHA256HMAC);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5HASH,F148BC24C8FB7838382BB3999640D28D",
        "MD5HMAC,537E3B88458EDAB17F7AE3B171115059",
        "SHA1HMAC,286852364E60D69C53BDADC9236C2574F183B3D8",
        "SHA256HMAC,3C991342E38616D9A981288687DC881B4F96FDEF0CAB1759E15D946AE9B8E47D",
        "SHA512HMAC,201E4C886110A1B32E81E06519CE9438BF1BE199AC3EDB04AC8D77D6743F85045AA87A25057BF1E3D6CE370342A0F0B18C979BED2CD671CBE15EC43225F4688F"
    })
    void a_message_signed_by_any_method_arrives(SignatureMethod method, String sig) {
        var verdict = at(MO_SIGNED, SECRET, method).read(form(WebhookKind.IM, URL, MO_FORM + "&sig=" + sig));

        MoPart part = part(verdict);
        assertThat(part.getText()).isEqualTo("Hello & bye=1");
        assertThat(part.getFrom()).isEqualTo("+447700900001");
        assertThat(part.getTo()).isEqualTo("+447700900000");
        assertThat(part.getId()).isEqualTo("eu:0A0000000123ABCD1");
        assertThat(part.getSentAt()).isEqualTo("2020-01-12T00:00:00Z");
        assertThat(arrived(verdict).reply().status()).isEqualTo(200);
        assertThat(arrived(verdict).repeatKey()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256HMAC,CB26859FFD9611F0E5DEF12CE89C9859C5722E813BAA86DB6225A10CD5B474BD",
        "MD5HASH,95efe4dc84dafc36d9ac384e6a78e180"
    })
    void a_receipt_may_come_as_query_form_or_json(SignatureMethod method, String sig) {
        Map<String, String> told = Map.ofEntries(
                Map.entry("api-key", "abcd1234"),
                Map.entry("err-code", "0"),
                Map.entry("message-timestamp", "2020-01-01 14:00:00"),
                Map.entry("messageId", "0A0000001234567B"),
                Map.entry("msisdn", "447700900000"),
                Map.entry("network-code", "23410"),
                Map.entry("nonce", "ec11dd3e-1e7f-4db5-9467-82b02cd223b9"),
                Map.entry("price", "0.03330000"),
                Map.entry("scts", "2001011400"),
                Map.entry("status", "delivered"),
                Map.entry("timestamp", "1577887200"),
                Map.entry("to", "AcmeInc"),
                Map.entry("sig", sig));
        String form = told.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue().replace(" ", "+"))
                .collect(Collectors.joining("&"));
        String json = told.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        VonageWebhooks webhooks = at(Instant.ofEpochSecond(1577887200), SECRET, method);

        for (WebhookRequest request : new WebhookRequest[] {
            get(WebhookKind.STATUS, URL + "?" + form),
            form(WebhookKind.STATUS, URL, form),
            json(WebhookKind.STATUS, URL, json)
        }) {
            var verdict = webhooks.read(request);
            Receipt receipt = receiptRecord(verdict);
            assertThat(receipt.getState()).isEqualTo(ReceiptState.DELIVERED);
            assertThat(receipt.getFinal$()).isTrue();
            assertThat(receipt.getFailure()).isNull();
            assertThat(receipt.getHandset()).isEqualTo("+447700900000");
            assertThat(receipt.getSender()).isEqualTo("AcmeInc");
            assertThat(receipt.getDoneDate()).isEqualTo("2020-01-01T14:00:00");
            assertThat(receipt(verdict).correlationId()).isEqualTo("a0000001234567b");
        }
    }

    @Test
    void an_altered_value_a_wrong_secret_another_method_or_no_signature_is_refused() {
        VonageWebhooks webhooks = at(MO_SIGNED, SECRET, SignatureMethod.SHA256HMAC);

        forged(webhooks.read(form(WebhookKind.IM, URL, MO_FORM.replace("Hello", "Hallo") + "&sig=" + SHA256)));
        forged(webhooks.read(form(WebhookKind.IM, URL, MO_FORM + "&more=1&sig=" + SHA256)));
        forged(at(MO_SIGNED, Secret.of("other"), SignatureMethod.SHA256HMAC)
                .read(form(WebhookKind.IM, URL, MO_FORM + "&sig=" + SHA256)));
        forged(at(MO_SIGNED, SECRET, SignatureMethod.SHA512HMAC)
                .read(form(WebhookKind.IM, URL, MO_FORM + "&sig=" + SHA256)));
        forged(webhooks.read(form(WebhookKind.IM, URL, MO_FORM)));
    }

    @Test
    void a_signature_counts_within_the_replay_window_only() {
        WebhookRequest request = form(WebhookKind.IM, URL, MO_FORM + "&sig=" + SHA256);

        part(at(MO_SIGNED.plusSeconds(300), SECRET, SignatureMethod.SHA256HMAC).read(request));
        part(at(MO_SIGNED.minusSeconds(300), SECRET, SignatureMethod.SHA256HMAC).read(request));
        assertThat(forged(at(MO_SIGNED.plusSeconds(301), SECRET, SignatureMethod.SHA256HMAC)
                        .read(request)))
                .contains("replay-window");
        forged(at(MO_SIGNED.minusSeconds(301), SECRET, SignatureMethod.SHA256HMAC)
                .read(request));
        VonageSigning unlimited =
                new VonageSigning(SECRET, SignatureMethod.SHA256HMAC, new ReplayWindow(Duration.ZERO));
        part(new VonageWebhooks("eu", unlimited, Clock.systemUTC()).read(request));
    }

    @Test
    void a_token_signs_the_body_of_a_messages_api_callback() {
        WebhookRequest request = with(json(WebhookKind.STATUS, URL, JWT_BODY), "Authorization", "Bearer " + JWT);

        var verdict = at(JWT_SIGNED, SECRET, SignatureMethod.MD5HASH).read(request);

        Receipt receipt = receiptRecord(verdict);
        assertThat(receipt.getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt.getHandset()).isEqualTo("+447700900000");
        assertThat(receipt.getProviderMessageId()).isEqualTo("aaaaaaaa-bbbb-cccc-dddd-0123456789ab");
        assertThat(arrived(verdict).repeatKey()).isEqualTo("c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5");
    }

    @Test
    void a_token_of_another_body_secret_or_time_or_unsigned_is_refused() {
        VonageWebhooks webhooks = at(JWT_SIGNED, SECRET, SignatureMethod.SHA256HMAC);
        String unsigned = "eyJhbGciOiJub25lIn0." + JWT.split("\\.")[1] + ".";

        assertThat(forged(webhooks.read(with(
                        json(WebhookKind.STATUS, URL, JWT_BODY.replace("delivered", "undeliverable")),
                        "Authorization",
                        "Bearer " + JWT))))
                .contains("payload_hash");
        WebhookRequest request = json(WebhookKind.STATUS, URL, JWT_BODY);
        forged(webhooks.read(request));
        forged(webhooks.read(with(request, "Authorization", "Bearer " + unsigned)));
        forged(webhooks.read(with(request, "Authorization", "Bearer nonsense")));
        forged(webhooks.read(with(request, "Authorization", "Bearer " + JWT.replace("8n4S", "9n4S"))));
        WebhookRequest signed = with(request, "Authorization", "Bearer " + JWT);
        forged(at(JWT_SIGNED, Secret.of("other"), SignatureMethod.SHA256HMAC).read(signed));
        forged(at(JWT_SIGNED.plusSeconds(301), SECRET, SignatureMethod.SHA256HMAC)
                .read(signed));
    }

    @Test
    void what_a_token_does_not_cover_is_refused() {
        assertThat(forged(at(JWT_SIGNED, SECRET, SignatureMethod.SHA256HMAC)
                        .read(with(
                                get(WebhookKind.STATUS, URL + "?messageId=1&status=delivered"),
                                "Authorization",
                                "Bearer " + JWT))))
                .contains("stands elsewhere");
    }

    @Test
    void the_parts_of_a_long_message_say_where_they_belong() {
        MoPart part = part(unsigned()
                .read(form(
                        WebhookKind.IM,
                        URL,
                        "msisdn=447700900001&to=447700900000&messageId=2&type=text&text=second+half"
                                + "&concat=true&concat-ref=17&concat-total=2&concat-part=2")));

        assertThat(part.getReference()).isEqualTo(17);
        assertThat(part.getPart()).isEqualTo(2);
        assertThat(part.getParts()).isEqualTo(2);
    }

    @Test
    void a_binary_message_has_octets_and_its_header_says_where_it_belongs() {
        MoPart part = part(unsigned()
                .read(form(
                        WebhookKind.IM,
                        URL,
                        "msisdn=447700900001&to=12345&messageId=2&type=binary&data=0102ff&udh=050003110302")));

        assertThat(part.getText()).isNull();
        assertThat(part.getTo()).isEqualTo("12345");
        assertThat(part.getBinary().array()).containsExactly(1, 2, 0xff);
        assertThat(part.getReference()).isEqualTo(0x11);
        assertThat(part.getPart()).isEqualTo(2);
        assertThat(part.getParts()).isEqualTo(3);
    }

    @Test
    void a_message_of_the_messages_api_arrives() {
        MoPart part = part(unsigned().read(json(WebhookKind.IM, URL, """
                {"message_uuid":"u1","to":"447700900000","from":"447700900001","timestamp":"2020-01-01T14:00:00.000Z",
                 "text":"Hello","channel":"sms","sms":{"num_messages":"1","keyword":"HELLO"},"usage":{"price":"0.1"}}
                """)));

        assertThat(part.getText()).isEqualTo("Hello");
        assertThat(part.getFrom()).isEqualTo("+447700900001");
        assertThat(part.getSentAt()).isEqualTo("2020-01-01T14:00:00Z");
    }

    @Test
    void an_error_of_the_messages_api_has_its_code() {
        Receipt receipt = receiptRecord(unsigned().read(json(WebhookKind.STATUS, URL, """
                {"message_uuid":"u1","to":"447700900000","from":"447700900001","status":"rejected",
                 "error":{"type":"https://developer.vonage.com/api-errors/messages#1240","title":"1240","detail":"Illegal Number"}}
                """)));

        assertThat(receipt.getState()).isEqualTo(ReceiptState.REJECTED);
        assertThat(receipt.getFailure().getCode()).isEqualTo(FailureCode.OPTED_OUT);
        assertThat(receipt.getFailure().getProviderText()).isEqualTo("Illegal Number");
    }

    @ParameterizedTest
    @CsvSource({
        "accepted,ACCEPTED,false",
        "buffered,ENROUTE,false",
        "delivered,DELIVERED,true",
        "expired,EXPIRED,true",
        "failed,UNDELIVERABLE,true",
        "rejected,REJECTED,true",
        "unknown,UNKNOWN,false",
        "something-new,UNKNOWN,false"
    })
    void each_status_has_a_state(String status, ReceiptState state, boolean isFinal) {
        Receipt receipt = receiptRecord(unsigned().read(form(WebhookKind.STATUS, URL, "messageId=1&status=" + status)));

        assertThat(receipt.getState()).isEqualTo(state);
        assertThat(receipt.getFinal$()).isEqualTo(isFinal);
    }

    @ParameterizedTest
    @CsvSource({
        "1,GENERIC,false",
        "2,GENERIC,false",
        "3,INVALID_RECIPIENT,true",
        "4,OPTED_OUT,true",
        "5,INVALID_RECIPIENT,true",
        "6,CONTENT_BLOCKED,true",
        "7,GENERIC,false",
        "8,SERVER,false",
        "9,OPTED_OUT,true",
        "10,REQUEST,true",
        "11,UNSUPPORTED,true",
        "12,INVALID_RECIPIENT,true",
        "13,CONTENT_BLOCKED,true",
        "14,CONTENT_BLOCKED,true",
        "15,GENERIC,false",
        "50,CONTENT_BLOCKED,true",
        "51,CONTENT_BLOCKED,true",
        "52,CONTENT_BLOCKED,true",
        "53,CONTENT_BLOCKED,true",
        "54,CONTENT_BLOCKED,true",
        "99,GENERIC,false"
    })
    void each_error_code_has_a_meaning(String code, FailureCode meaning, boolean permanent) {
        Receipt receipt = receiptRecord(
                unsigned().read(form(WebhookKind.STATUS, URL, "messageId=1&status=failed&err-code=" + code)));

        assertThat(receipt.getFailure().getCode()).isEqualTo(meaning);
        assertThat(receipt.getFailure().getPermanent()).isEqualTo(permanent);
    }

    @Test
    void the_error_code_of_what_was_delivered_is_no_failure() {
        Receipt receipt = receiptRecord(
                unsigned().read(form(WebhookKind.STATUS, URL, "messageId=1&status=delivered&err-code=0")));

        assertThat(receipt.getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt.getFailure()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "submitted,ACCEPTED,false",
        "delivered,DELIVERED,true",
        "rejected,REJECTED,true",
        "undeliverable,UNDELIVERABLE,true"
    })
    void each_status_of_the_messages_api_has_a_state(String status, ReceiptState state, boolean isFinal) {
        Receipt receipt = receiptRecord(unsigned()
                .read(json(
                        WebhookKind.STATUS,
                        URL,
                        "{\"message_uuid\":\"u1\",\"channel\":\"sms\",\"status\":\"" + status + "\"}")));

        assertThat(receipt.getState()).isEqualTo(state);
        assertThat(receipt.getFinal$()).isEqualTo(isFinal);
    }

    @Test
    void a_repeated_name_cannot_hide_an_altered_value() {
        Parameters told = Parameters.ofForm(MO_FORM + "&text=other");

        assertThat(new VonageSigning(SECRET, SignatureMethod.SHA256HMAC, ReplayWindow.DEFAULT).signature(told))
                .isNotEqualToIgnoringCase(SHA256);
    }
}
