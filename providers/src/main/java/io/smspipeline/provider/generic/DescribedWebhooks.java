package io.smspipeline.provider.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.webhook.AccountWebhooks;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.ReceiptState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Callbacks read as the configuration says: JSON, forms, and queries, whose fields are those of an object. */
final class DescribedWebhooks extends AccountWebhooks {
    private final CallbackRules.Both rules;

    DescribedWebhooks(String alias, CallbackRules.Both rules, UrlSecret secret, Clock clock) {
        super(alias, secret, clock);
        this.rules = rules;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST", "PUT");
    }

    @Override
    protected WebhookReply reply(WebhookKind kind) {
        return new WebhookReply(rules.replyStatus(), rules.replyType(), rules.replyBody());
    }

    @Override
    protected List<WebhookArrival> arrivals(WebhookRequest request, Instant now) {
        CallbackRules kind = request.kind() == WebhookKind.STATUS ? rules.status() : rules.im();
        List<WebhookArrival> all = new ArrayList<>();
        if (kind != null) {
            JsonNode told = content(request);
            JsonNode each = told.at(kind.each());
            if (each.isArray()) {
                each.forEach(one -> all.add(arrival(kind, request.kind(), one, Content.raw(one), now)));
            } else {
                all.add(arrival(kind, request.kind(), each, Content.raw(request), now));
            }
        }
        return all;
    }

    private static JsonNode content(WebhookRequest request) {
        if (!request.method().equals("GET") && request.mediaType().equals(JSON)) {
            return Content.json(request);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Content.parameters(request).all().forEach(field -> fields.put(field.name(), field.value()));
        return fields;
    }

    private WebhookArrival arrival(CallbackRules kind, WebhookKind what, JsonNode one, byte[] raw, Instant now) {
        if (what == WebhookKind.STATUS) {
            String word = kind.state().in(one, one::toString);
            String code = kind.code().in(one, one::toString);
            ReceiptState state = kind.states().getOrDefault(word, ReceiptState.UNKNOWN);
            return new ReceiptDraft(
                            alias(),
                            kind.id().in(one, one::toString),
                            word,
                            state,
                            code.isEmpty() ? null : code,
                            DeliveryErrors.NONE.failure(alias(), state, code.isEmpty() ? null : code, null),
                            kind.to().in(one, one::toString),
                            kind.from().in(one, one::toString),
                            null)
                    .arrival(raw, now);
        }
        String text = kind.text().in(one, one::toString);
        return new MoDraft(
                        alias(),
                        kind.id().in(one, one::toString),
                        kind.from().in(one, one::toString),
                        kind.to().in(one, one::toString),
                        text.isEmpty() ? null : text,
                        null,
                        null,
                        Times.isoOrPlain(kind.at().in(one, one::toString)))
                .arrival(raw, now);
    }
}
