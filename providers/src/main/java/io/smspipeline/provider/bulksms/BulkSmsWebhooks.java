package io.smspipeline.provider.bulksms;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.webhook.AccountWebhooks;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.ReceiptState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What BulkSMS sends: arrays of messages, of which those of type SENT are updates of ours and those of type RECEIVED are from
 * handsets, and an empty array when a webhook is set up. It signs nothing. Safe for use by many threads.
 */
public final class BulkSmsWebhooks extends AccountWebhooks {
    public BulkSmsWebhooks(String alias, UrlSecret secret, Clock clock) {
        super(alias, secret, clock);
    }

    @Override
    public Set<String> methods() {
        return Set.of("POST");
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of(JSON);
    }

    @Override
    protected List<WebhookArrival> arrivals(WebhookRequest request, Instant now) {
        JsonNode body = Content.json(request);
        List<WebhookArrival> all = new ArrayList<>();
        if (body.isArray()) {
            for (JsonNode message : body) {
                all.add(arrival(message, Content.raw(message), request.kind(), now));
            }
        } else {
            all.add(arrival(body, request.body(), request.kind(), now));
        }
        return all;
    }

    /** @param kind decides where the message does not say of which type it is */
    private WebhookArrival arrival(JsonNode message, byte[] raw, WebhookKind kind, Instant now) {
        String type = message.path("type").asText("");
        boolean received = type.equals("RECEIVED") || (!type.equals("SENT") && kind == WebhookKind.IM);
        return received
                ? mo(message).arrival(raw, now)
                : draft(alias(), message).arrival(raw, now);
    }

    /** @param message as callbacks and answers have it */
    static ReceiptDraft draft(String alias, JsonNode message) {
        String word = message.path("status").path("type").asText("").toUpperCase(Locale.ROOT);
        String subtype = message.path("status").path("subtype").asText("").toUpperCase(Locale.ROOT);
        ReceiptState state = BulkSmsStatuses.state(word, subtype);
        String code = subtype.isEmpty() ? null : word + "." + subtype;
        return new ReceiptDraft(
                alias,
                message.path("id").asText(""),
                word,
                state,
                code,
                BulkSmsStatuses.ERRORS.failure(alias, state, code, null),
                message.path("to").asText(""),
                message.path("from").asText(""),
                null);
    }

    private MoDraft mo(JsonNode message) {
        JsonNode body = message.path("body");
        boolean binary = message.path("encoding").asText("").equals("BINARY");
        return new MoDraft(
                alias(),
                message.path("id").asText(""),
                message.path("from").asText(""),
                message.path("to").asText(""),
                binary || !body.isTextual() ? null : body.asText(),
                binary ? Content.octets(body.asText("")) : null,
                null,
                Times.iso(message.path("submission").path("date").asText(null)));
    }
}
