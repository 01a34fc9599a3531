package io.smspipeline.provider.generic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.record.ReceiptState;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Callbacks read as the configuration says: JSON, forms, and queries, whose fields are those of an object. */
final class DescribedWebhooks implements Webhooks {
    private final String alias;
    private final CallbackRules.Both rules;
    private final UrlSecret secret;
    private final Clock clock;

    DescribedWebhooks(String alias, CallbackRules.Both rules, UrlSecret secret, Clock clock) {
        this.alias = alias;
        this.rules = rules;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST", "PUT");
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of(JSON, FORM);
    }

    @Override
    public String proof() {
        return secret.proof();
    }

    @Override
    public WebhookVerdict read(WebhookRequest request) {
        String missing = secret.missingIn(request);
        if (missing != null) {
            return new WebhookVerdict.Forged(missing);
        }
        CallbackRules kind = request.kind() == WebhookKind.STATUS ? rules.status() : rules.im();
        List<WebhookArrival> all = new ArrayList<>();
        if (kind != null) {
            JsonNode told = content(request);
            JsonNode each = told.at(kind.each());
            if (each.isArray()) {
                each.forEach(one -> all.add(
                        arrival(kind, request.kind(), one, one.toString().getBytes(StandardCharsets.UTF_8))));
            } else {
                all.add(arrival(kind, request.kind(), each, Content.raw(request)));
            }
        }
        return new WebhookVerdict.Arrived(
                all, new WebhookReply(rules.replyStatus(), rules.replyType(), rules.replyBody()));
    }

    private static JsonNode content(WebhookRequest request) {
        if (!request.method().equals("GET") && request.mediaType().equals(JSON)) {
            return Content.json(request);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        Content.parameters(request).all().forEach(field -> fields.put(field.name(), field.value()));
        return fields;
    }

    private WebhookArrival arrival(CallbackRules kind, WebhookKind what, JsonNode one, byte[] raw) {
        if (what == WebhookKind.STATUS) {
            String word = kind.state().in(one, one::toString);
            String code = kind.code().in(one, one::toString);
            ReceiptState state = kind.states().getOrDefault(word, ReceiptState.UNKNOWN);
            return new ReceiptDraft(
                            alias,
                            kind.id().in(one, one::toString),
                            word,
                            state,
                            code.isEmpty() ? null : code,
                            DeliveryErrors.NONE.failure(alias, state, code.isEmpty() ? null : code, null),
                            kind.to().in(one, one::toString),
                            kind.from().in(one, one::toString),
                            null)
                    .arrival(raw, clock.instant());
        }
        String text = kind.text().in(one, one::toString);
        return new MoDraft(
                        alias,
                        kind.id().in(one, one::toString),
                        kind.from().in(one, one::toString),
                        kind.to().in(one, one::toString),
                        text.isEmpty() ? null : text,
                        null,
                        null,
                        Times.isoOrPlain(kind.at().in(one, one::toString)))
                .arrival(raw, clock.instant());
    }
}
