package io.smspipeline.provider.bulksms;

import static io.smspipeline.provider.webhook.Requests.arrived;
import static io.smspipeline.provider.webhook.Requests.forged;
import static io.smspipeline.provider.webhook.Requests.json;
import static io.smspipeline.provider.webhook.Requests.part;
import static io.smspipeline.provider.webhook.Requests.receipt;
import static io.smspipeline.provider.webhook.Requests.receiptRecord;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Secret;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkSmsWebhooksTest {
    private static final String URL = "https://sms.example.com/s/za/status";

    private final BulkSmsWebhooks open = new BulkSmsWebhooks("za", new UrlSecret(Secret.of("")), Clock.systemUTC());
    private final BulkSmsWebhooks guarded =
            new BulkSmsWebhooks("za", new UrlSecret(Secret.of("s3cret")), Clock.systemUTC());

    private static String sent(String type, String subtype) {
        return """
                [{"id":"1044","type":"SENT","from":"27820000000","to":"+27821234567","body":"Hi","encoding":"TEXT",
                  "status":{"id":"%s.%s","type":"%s","subtype":%s},"submission":{"id":"2-1","date":"2026-11-21T10:00:00+02:00"},
                  "numberOfParts":1,"userSuppliedId":null}]
                """.formatted(type, subtype, type, subtype.equals("null") ? "null" : "\"" + subtype + "\"");
    }

    @Test
    void an_update_is_a_receipt() {
        var verdict = open.read(json(WebhookKind.STATUS, URL, sent("DELIVERED", "null")));

        Receipt receipt = receiptRecord(verdict);
        assertThat(receipt.getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt.getHandset()).isEqualTo("+27821234567");
        assertThat(receipt.getSender()).isEqualTo("+27820000000");
        assertThat(receipt(verdict).correlationId()).isEqualTo("1044");
        assertThat(arrived(verdict).reply().status()).isEqualTo(204);
    }

    @Test
    void a_message_from_a_handset_arrives_whole() {
        MoPart part = part(open.read(json(WebhookKind.IM, URL, """
                [{"id":"7","type":"RECEIVED","from":"27821234567","to":"27820000000","body":"Yes, grüße","encoding":"UNICODE",
                  "submission":{"date":"2026-11-21T10:00:00+02:00"},"relatedSentMessageId":"1044","numberOfParts":2}]
                """)));

        assertThat(part.getText()).isEqualTo("Yes, grüße");
        assertThat(part.getFrom()).isEqualTo("+27821234567");
        assertThat(part.getId()).isEqualTo("za:7");
        assertThat(part.getParts()).isEqualTo(1);
        assertThat(part.getSentAt()).isEqualTo("2026-11-21T08:00:00Z");
    }

    @Test
    void the_octets_of_a_binary_message_arrive() {
        MoPart part = part(
                open.read(
                        json(
                                WebhookKind.IM,
                                URL,
                                "[{\"id\":\"8\",\"type\":\"RECEIVED\",\"from\":\"27821234567\",\"to\":\"1\",\"encoding\":\"BINARY\",\"body\":\"051F\"}]")));

        assertThat(part.getText()).isNull();
        assertThat(part.getBinary().array()).containsExactly(0x05, 0x1f);
    }

    @Test
    void several_come_at_once_and_the_trial_call_brings_none() {
        String many = sent("DELIVERED", "null").strip().replace("]", "").replace("[", "");

        assertThat(arrived(open.read(json(WebhookKind.STATUS, URL, "[" + many + "," + many + "]")))
                        .all())
                .hasSize(2);
        assertThat(arrived(open.read(json(WebhookKind.STATUS, URL, "[]"))).all())
                .isEmpty();
    }

    @Test
    void the_secret_of_the_address_is_the_proof() {
        String body = sent("DELIVERED", "null");

        receiptRecord(guarded.read(json(WebhookKind.STATUS, URL + "?secret=s3cret", body)));
        forged(guarded.read(json(WebhookKind.STATUS, URL + "?secret=s3creT", body)));
        forged(guarded.read(json(WebhookKind.STATUS, URL + "?secret=%zz", body)));
        forged(guarded.read(json(WebhookKind.STATUS, URL, body)));
    }

    @Test
    void what_cannot_be_read_arrives_marked() {
        assertThat(receiptRecord(open.read(json(WebhookKind.STATUS, URL, "{nonsense")))
                        .getUnderstood())
                .isFalse();
        assertThat(part(open.read(json(WebhookKind.IM, URL, "\"text\""))).getUnderstood())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED,null,ACCEPTED,false",
        "SCHEDULED,null,SCHEDULED,false",
        "SENT,null,ACCEPTED,false",
        "DELIVERED,null,DELIVERED,true",
        "UNKNOWN,null,UNKNOWN,false",
        "FAILED,null,UNDELIVERABLE,true",
        "FAILED,EXPIRED,EXPIRED,true",
        "FAILED,HANDSET_ERROR,UNDELIVERABLE,true",
        "FAILED,BLOCKED,REJECTED,true",
        "FAILED,NOT_SENT,REJECTED,true"
    })
    void each_status_has_a_state(String type, String subtype, ReceiptState state, boolean isFinal) {
        Receipt receipt = receiptRecord(open.read(json(WebhookKind.STATUS, URL, sent(type, subtype))));

        assertThat(receipt.getState()).isEqualTo(state);
        assertThat(receipt.getFinal$()).isEqualTo(isFinal);
        assertThat(receipt.getFailure() == null).isEqualTo(!isFinal || state == ReceiptState.DELIVERED);
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED,EXPIRED,true", "HANDSET_ERROR,GENERIC,false", "BLOCKED,OPTED_OUT,true", "NOT_SENT,GENERIC,true"
    })
    void each_failure_has_a_meaning(String subtype, FailureCode meaning, boolean permanent) {
        Receipt receipt = receiptRecord(open.read(json(WebhookKind.STATUS, URL, sent("FAILED", subtype))));

        assertThat(receipt.getFailure().getCode()).isEqualTo(meaning);
        assertThat(receipt.getFailure().getPermanent()).isEqualTo(permanent);
    }
}
