package io.smspipeline.provider.clickatell;

import static io.smspipeline.provider.webhook.Requests.arrived;
import static io.smspipeline.provider.webhook.Requests.forged;
import static io.smspipeline.provider.webhook.Requests.form;
import static io.smspipeline.provider.webhook.Requests.get;
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

class ClickatellWebhooksTest {
    private static final String URL = "https://sms.example.com/s/af/status";

    private final ClickatellWebhooks webhooks =
            new ClickatellWebhooks("af", new UrlSecret(Secret.of("")), Clock.systemUTC());

    @Test
    void an_event_of_the_one_api_is_a_receipt_and_is_answered_ok() {
        var verdict = webhooks.read(json(WebhookKind.STATUS, URL, """
                {"integrationId":"i","integrationName":"n","event":{"messageStatusUpdate":[{"channel":"sms",
                 "messageId":"02ca","clientMessageId":"c","statusCode":5,"status":"DEVICE_ACK","timestamp":1579528123000,"new":{}}]}}
                """));

        assertThat(receiptRecord(verdict).getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt(verdict).correlationId()).isEqualTo("2ca");
        assertThat(arrived(verdict).reply().status()).isEqualTo(200);
        assertThat(arrived(verdict).reply().body()).isEqualTo("OK");
    }

    @Test
    void several_texts_of_one_event_each_arrive() {
        String text = "{\"channel\":\"sms\",\"messageId\":\"%s\",\"from\":\"27999123456\",\"to\":\"27999000000\","
                + "\"timestamp\":1579528123000,\"content\":\"Hello\",\"charset\":\"UTF-8\"}";

        var verdict = webhooks.read(json(
                WebhookKind.IM,
                URL,
                "{\"event\":{\"moText\":[" + text.formatted("m1") + "," + text.formatted("m2") + "]}}"));

        assertThat(arrived(verdict).all()).hasSize(2);
    }

    @Test
    void a_text_of_the_one_api_arrives() {
        MoPart part = part(webhooks.read(json(WebhookKind.IM, URL, """
                {"event":{"moText":[{"messageId":"m1","from":"27999123456","to":"27999000000","timestamp":1579528123000,
                 "content":"Hello"}]}}
                """)));

        assertThat(part.getText()).isEqualTo("Hello");
        assertThat(part.getFrom()).isEqualTo("+27999123456");
        assertThat(part.getSentAt()).isEqualTo("2020-01-20T13:48:43Z");
    }

    @Test
    void flat_callbacks_may_come_as_query_or_json() {
        Receipt asked = receiptRecord(webhooks.read(get(
                WebhookKind.STATUS,
                URL + "?integrationName=n&messageId=02ca&requestId=r&to=27999123456&from=27999000000&statusCode=29"
                        + "&status=RECIPIENT_DOES_NOT_EXIST&statusDescription=No+such+number")));
        assertThat(asked.getState()).isEqualTo(ReceiptState.UNDELIVERABLE);
        assertThat(asked.getHandset()).isEqualTo("+27999123456");
        assertThat(asked.getFailure().getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(asked.getFailure().getProviderText()).isEqualTo("No such number");
        MoPart part = part(webhooks.read(json(WebhookKind.IM, URL, """
                {"integrationId":"i","messageId":"m1","replyMessageId":"r","apiKey":"k","fromNumber":"27999123456",
                 "toNumber":"27999000000","timestamp":1579528123000,"text":"second","charset":"UTF-8","udh":"050003090202"}
                """)));
        assertThat(part.getFrom()).isEqualTo("+27999123456");
        assertThat(part.getReference()).isEqualTo(9);
        assertThat(part.getPart()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"apiMsgId", "moMsgId", "apimsgid"})
    void the_former_api_names_the_message_in_two_ways(String name) {
        var verdict = webhooks.read(form(
                WebhookKind.STATUS,
                URL,
                "api_id=1&from=27999000000&to=27999123456&status=004&charge=1&timestamp=1218008129&" + name + "=abcd"));

        assertThat(receiptRecord(verdict).getState()).isEqualTo(ReceiptState.DELIVERED);
        assertThat(receipt(verdict).correlationId()).isEqualTo("abcd");
    }

    @Test
    void the_former_api_tells_the_time_of_its_seat() {
        MoPart part = part(webhooks.read(form(
                WebhookKind.IM,
                URL,
                "api_id=1&moMsgId=m1&from=27999123456&to=27999000000&timestamp=2008-08-06+09%3A43%3A50&text=Hello")));

        assertThat(part.getText()).isEqualTo("Hello");
        assertThat(part.getSentAt()).isEqualTo("2008-08-06T07:43:50Z");
    }

    @Test
    void the_secret_of_the_address_is_the_proof() {
        ClickatellWebhooks guarded =
                new ClickatellWebhooks("af", new UrlSecret(Secret.of("s3cret")), Clock.systemUTC());

        receiptRecord(guarded.read(get(WebhookKind.STATUS, URL + "?secret=s3cret&messageId=1&statusCode=5")));
        forged(guarded.read(get(WebhookKind.STATUS, URL + "?secret=wrong&messageId=1&statusCode=5")));
        forged(guarded.read(get(WebhookKind.STATUS, URL + "?messageId=1&statusCode=5")));
    }

    @ParameterizedTest
    @CsvSource({
        "1,UNKNOWN,false", "2,ENROUTE,false", "3,SCHEDULED,false", "4,ACCEPTED,false", "5,DELIVERED,true",
        "6,DELIVERED,true", "20,EXPIRED,true", "21,DELETED,true", "22,DELETED,true", "23,UNDELIVERABLE,true",
        "24,UNDELIVERABLE,true", "25,REJECTED,true", "26,REJECTED,true", "27,REJECTED,true", "28,REJECTED,true",
        "29,UNDELIVERABLE,true", "100,UNDELIVERABLE,true", "77,UNKNOWN,false"
    })
    void each_code_of_the_platform_has_a_state(String code, ReceiptState state, boolean isFinal) {
        Receipt receipt =
                receiptRecord(webhooks.read(get(WebhookKind.STATUS, URL + "?messageId=1&statusCode=" + code)));

        assertThat(receipt.getState()).isEqualTo(state);
        assertThat(receipt.getFinal$()).isEqualTo(isFinal);
    }

    @ParameterizedTest
    @CsvSource({
        "001,UNKNOWN",
        "002,ENROUTE",
        "003,ENROUTE",
        "004,DELIVERED",
        "005,UNDELIVERABLE",
        "006,DELETED",
        "007,UNDELIVERABLE",
        "8,ACCEPTED",
        "9,UNDELIVERABLE",
        "10,EXPIRED",
        "11,ENROUTE",
        "12,REJECTED",
        "14,REJECTED"
    })
    void each_number_of_the_former_api_has_a_state(String number, ReceiptState state) {
        assertThat(receiptRecord(webhooks.read(get(WebhookKind.STATUS, URL + "?api_id=1&apiMsgId=1&status=" + number)))
                        .getState())
                .isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "20,EXPIRED,true", "21,GENERIC,true", "22,GENERIC,true", "23,GENERIC,true", "24,GENERIC,true",
        "25,CREDIT,false", "26,LIMITS,false", "27,LIMITS,false", "28,LIMITS,false", "29,INVALID_RECIPIENT,true",
        "100,UNSUPPORTED,true"
    })
    void each_failure_of_the_platform_has_a_meaning(String code, FailureCode meaning, boolean permanent) {
        Receipt receipt =
                receiptRecord(webhooks.read(get(WebhookKind.STATUS, URL + "?messageId=1&statusCode=" + code)));

        assertThat(receipt.getFailure().getCode()).isEqualTo(meaning);
        assertThat(receipt.getFailure().getPermanent()).isEqualTo(permanent);
    }

    @ParameterizedTest
    @CsvSource({
        "005,REQUEST,true",
        "006,GENERIC,true",
        "007,GENERIC,true",
        "009,UNSUPPORTED,true",
        "010,EXPIRED,true",
        "012,CREDIT,false",
        "014,LIMITS,false"
    })
    void each_failure_of_the_former_api_has_a_meaning(String number, FailureCode meaning, boolean permanent) {
        Receipt receipt =
                receiptRecord(webhooks.read(get(WebhookKind.STATUS, URL + "?api_id=1&apiMsgId=1&status=" + number)));

        assertThat(receipt.getFailure().getCode()).isEqualTo(meaning);
        assertThat(receipt.getFailure().getPermanent()).isEqualTo(permanent);
    }
}
