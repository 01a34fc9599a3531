package io.smspipeline.provider.twilio;

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
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures are those that Twilio's npm package 6.2.0 gives and accepts. */
class TwilioWebhooksTest {
    private static final Secret TOKEN = Secret.of("0123456789abcdef0123456789abcdef");
    private static final Instant NOW = Instant.parse("2026-11-21T07:13:00Z");
    private static final String IM = "https://sms.example.com/tw/im";
    private static final String STATUS = "https://sms.example.com/tw/status?k=1";
    private static final String MO_FORM = "AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01"
            + "&Body=Hello+%26+gr%C3%BC%C3%9Fe+%3D+1&From=%2B14155550100&MessageSid=SM00000000000000000000000000000001"
            + "&NumMedia=0&NumSegments=1&SmsSid=SM00000000000000000000000000000001&SmsStatus=received"
            + "&To=%2B14155550199&ToCountry=US";
    private static final String MO_SIGNATURE = "WUkDnNzhQmSqbg+g50MJ/JRsMbI=";
    private static final String STATUS_FORM = "AccountSid=AC00000000000000000000000000000001&ApiVersion=2010-04-01"
            + "&ErrorCode=30003&From=%2B14155550199&MessageSid=SM00000000000000000000000000000002"
            + "&MessageStatus=undelivered&RawDlrDoneDate=2611210712&SmsSid=SM00000000000000000000000000000002"
            + "&SmsStatus=undelivered&To=%2B14155550100";
    private static final String STATUS_SIGNATURE = "hqdQXXymT+LDJ8W3q6GMRjXi3OE=";

    private final TwilioWebhooks webhooks = new TwilioWebhooks("us", TOKEN, Clock.fixed(NOW, ZoneOffset.UTC));

    private static WebhookRequest signed(WebhookRequest request, String signature) {
        return with(request, "X-Twilio-Signature", signature);
    }

    /** Signs what the vectors do not have. */
    private WebhookRequest signed(WebhookRequest request) {
        Parameters form = request.method().equals("POST")
                ? Parameters.ofForm(new String(request.body(), StandardCharsets.UTF_8))
                : Parameters.NONE;
        return signed(request, new TwilioSignature(TOKEN).of(request.urls().get(0), form));
    }

    @Test
    void the_signature_of_the_documentation_is_found() {
        TwilioSignature signature = new TwilioSignature(Secret.of("12345"));

        assertThat(signature.of(
                        "https://mycompany.com/myapp.php?foo=1&bar=2",
                        Parameters.ofForm("CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234"
                                + "&From=%2B14158675309&To=%2B18005551212")))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void of_a_parameter_that_comes_repeatedly_each_value_counts_once_in_order() {
        assertThat(new TwilioSignature(TOKEN).of("https://h.example/x", Parameters.ofForm("A=b&A=a&A=b&Z=9")))
                .isEqualTo("DVVlGXI+LgZrMxX4BOCBD0jVSrY=");
    }

    @Test
    void a_message_from_a_handset_arrives_and_twilio_is_told_to_answer_nothing() {
        var verdict = webhooks.read(signed(form(WebhookKind.IM, IM, MO_FORM), MO_SIGNATURE));

        MoPart part = part(verdict);
        assertThat(part.getText()).isEqualTo("Hello & grüße = 1");
        assertThat(part.getFrom()).isEqualTo("+14155550100");
        assertThat(part.getTo()).isEqualTo("+14155550199");
        assertThat(part.getId()).isEqualTo("us:SM00000000000000000000000000000001");
        assertThat(part.getUnderstood()).isTrue();
        assertThat(StandardCharsets.UTF_8.decode(part.getRaw().duplicate()).toString())
                .isEqualTo(MO_FORM);
        WebhookReply reply = arrived(verdict).reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith("text/xml");
        assertThat(reply.body()).endsWith("<Response/>");
    }

    @Test
    void a_status_is_a_receipt_under_the_id_of_its_acceptance() {
        var verdict = webhooks.read(signed(form(WebhookKind.STATUS, STATUS, STATUS_FORM), STATUS_SIGNATURE));

        Receipt receipt = receiptRecord(verdict);
        assertThat(receipt.getState()).isEqualTo(ReceiptState.UNDELIVERABLE);
        assertThat(receipt.getFinal$()).isTrue();
        assertThat(receipt.getProviderMessageId()).isEqualTo("SM00000000000000000000000000000002");
        assertThat(receipt(verdict).correlationId()).isEqualTo("sm00000000000000000000000000000002");
        assertThat(receipt.getHandset()).isEqualTo("+14155550100");
        assertThat(receipt.getSender()).isEqualTo("+14155550199");
        assertThat(receipt.getErr()).isEqualTo("30003");
        assertThat(receipt.getFailure().getProviderCode()).isEqualTo("30003");
        assertThat(receipt.getFailure().getPermanent()).isFalse();
        assertThat(receipt.getDoneDate()).isEqualTo("2026-11-21T07:12:00");
        assertThat(receipt.getReceivedAt()).isEqualTo(NOW);
        assertThat(arrived(verdict).reply().status()).isEqualTo(204);
    }

    @Test
    void one_altered_octet_is_enough_to_be_refused() {
        byte[] body = MO_FORM.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < body.length; i++) {
            byte[] altered = body.clone();
            altered[i] ^= 1;
            String text = new String(altered, StandardCharsets.UTF_8);
            if (!sameParameters(text)) {
                forged(webhooks.read(signed(form(WebhookKind.IM, IM, text), MO_SIGNATURE)));
            }
        }
    }

    /** {@code %2b} says what {@code %2B} says; what is said is signed, not how. */
    private static boolean sameParameters(String form) {
        try {
            TwilioSignature signature = new TwilioSignature(TOKEN);
            return signature.of(IM, Parameters.ofForm(form)).equals(MO_SIGNATURE);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void another_address_another_token_or_no_signature_is_refused() {
        forged(webhooks.read(signed(form(WebhookKind.IM, "https://sms.example.com/tw/im2", MO_FORM), MO_SIGNATURE)));
        forged(new TwilioWebhooks("us", Secret.of("another"), Clock.systemUTC())
                .read(signed(form(WebhookKind.IM, IM, MO_FORM), MO_SIGNATURE)));
        assertThat(forged(webhooks.read(form(WebhookKind.IM, IM, MO_FORM)))).contains("no X-Twilio-Signature");
    }

    @Test
    void the_standard_port_may_be_told_or_not() {
        WebhookRequest request = form(WebhookKind.IM, "https://sms.example.com:443/tw/im", MO_FORM);

        part(webhooks.read(signed(request, MO_SIGNATURE)));
    }

    @Test
    void any_of_the_addresses_it_may_have_been_sent_to_will_do() {
        WebhookRequest request = form(WebhookKind.IM, IM, MO_FORM);
        WebhookRequest behindProxy = new WebhookRequest(
                request.kind(),
                request.method(),
                List.of("http://127.0.0.1:8085/tw/im", IM),
                request.query(),
                request.headers(),
                request.body());

        part(webhooks.read(signed(behindProxy, MO_SIGNATURE)));
    }

    @Test
    void json_is_signed_by_its_digest_in_the_address() {
        String url = "https://sms.example.com/tw/json?bodySHA256="
                + "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";

        arrived(webhooks.read(signed(json(WebhookKind.STATUS, url, "{\"a\":1}"), "cYE4OKN0eDEJHCrDQSXcwvyW2k4=")));
        assertThat(forged(webhooks.read(
                        signed(json(WebhookKind.STATUS, url, "{\"a\":2}"), "cYE4OKN0eDEJHCrDQSXcwvyW2k4="))))
                .contains("bodySHA256");
    }

    @Test
    void json_without_a_digest_is_refused_even_when_the_address_is_signed() {
        assertThat(forged(webhooks.read(signed(
                        json(WebhookKind.STATUS, IM, "{\"MessageSid\":\"SM1\"}"),
                        new TwilioSignature(TOKEN).of(IM, Parameters.NONE)))))
                .contains("nothing signs its body");
    }

    @Test
    void a_get_is_signed_by_its_address() {
        String url = IM + "?From=%2B14155550100&To=%2B14155550199&Body=Hi&MessageSid=SM3";

        assertThat(part(webhooks.read(signed(get(WebhookKind.IM, url)))).getText())
                .isEqualTo("Hi");
    }

    @Test
    void a_repetition_is_named_by_the_idempotency_token() {
        WebhookRequest request = signed(form(WebhookKind.IM, IM, MO_FORM), MO_SIGNATURE);

        assertThat(arrived(webhooks.read(request)).repeatKey()).isEmpty();
        assertThat(arrived(webhooks.read(with(request, "I-Twilio-Idempotency-Token", "7b2e")))
                        .repeatKey())
                .isEqualTo("7b2e");
    }

    @Test
    void what_is_signed_and_says_nothing_arrives_marked() {
        WebhookRequest request = form(WebhookKind.STATUS, STATUS, "Something=else");

        Receipt receipt = receiptRecord(webhooks.read(signed(request)));

        assertThat(receipt.getUnderstood()).isFalse();
        assertThat(receipt.getFinal$()).isFalse();
        assertThat(StandardCharsets.UTF_8.decode(receipt.getRaw().duplicate()).toString())
                .isEqualTo("Something=else");
    }

    @ParameterizedTest
    @CsvSource({
        "accepted,ENROUTE,false",
        "scheduled,SCHEDULED,false",
        "queued,ENROUTE,false",
        "sending,ENROUTE,false",
        "sent,ACCEPTED,false",
        "delivered,DELIVERED,true",
        "read,DELIVERED,true",
        "undelivered,UNDELIVERABLE,true",
        "failed,UNDELIVERABLE,true",
        "canceled,DELETED,true",
        "partially_delivered,UNKNOWN,false",
        "receiving,UNKNOWN,false",
        "received,UNKNOWN,false",
        "something-new,UNKNOWN,false"
    })
    void each_status_has_a_state(String status, ReceiptState state, boolean isFinal) {
        Receipt receipt = receiptRecord(
                webhooks.read(signed(form(WebhookKind.STATUS, STATUS, "MessageSid=SM1&MessageStatus=" + status))));

        assertThat(receipt.getState()).isEqualTo(state);
        assertThat(receipt.getFinal$()).isEqualTo(isFinal);
        assertThat(receipt.getStat()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "30001,LIMITS,false",
        "30002,AUTH,false",
        "30003,GENERIC,false",
        "30004,CONTENT_BLOCKED,true",
        "30005,INVALID_RECIPIENT,true",
        "30006,INVALID_RECIPIENT,true",
        "30007,CONTENT_BLOCKED,true",
        "30008,GENERIC,false",
        "30034,INVALID_SENDER,true",
        "30450,REQUEST,true",
        "39999,GENERIC,true"
    })
    void each_error_code_has_a_meaning(String code, FailureCode meaning, boolean permanent) {
        Receipt receipt = receiptRecord(webhooks.read(signed(
                form(WebhookKind.STATUS, STATUS, "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=" + code))));

        assertThat(receipt.getFailure().getCode()).isEqualTo(meaning);
        assertThat(receipt.getFailure().getPermanent()).isEqualTo(permanent);
        assertThat(receipt.getFailure().getReason()).contains(code);
    }
}
