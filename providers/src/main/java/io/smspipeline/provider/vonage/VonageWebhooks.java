package io.smspipeline.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.webhook.AccountWebhooks;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.Failure;
import io.smspipeline.record.ReceiptState;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What Vonage sends: receipts and messages of its SMS API, by GET, form or JSON as the account is set, and of its Messages API. The
 * parts of a long message come one by one. Safe for use by many threads.
 */
public final class VonageWebhooks extends AccountWebhooks {
    private static final WebhookReply TAKEN = new WebhookReply(200, "text/plain; charset=utf-8", "");

    public VonageWebhooks(String alias, VonageSigning signing, Clock clock) {
        super(alias, signing, clock);
    }

    @Override
    protected WebhookReply reply(WebhookKind kind) {
        return TAKEN;
    }

    @Override
    protected List<WebhookArrival> arrivals(WebhookRequest request, Instant now) {
        Parameters told = Content.parameters(request);
        byte[] raw = Content.raw(request);
        boolean ofMessagesApi = told.get("message_uuid") != null;
        if (request.kind() == WebhookKind.IM) {
            return List.of((ofMessagesApi ? message(told) : sms(told)).arrival(raw, now));
        }
        return List.of((ofMessagesApi ? status(told, Content.json(request)) : receipt(told)).arrival(raw, now));
    }

    private ReceiptDraft receipt(Parameters told) {
        String word = told.orEmpty("status").toLowerCase(Locale.ROOT);
        ReceiptState state = VonageStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        String code = told.get("err-code");
        return new ReceiptDraft(
                alias(),
                told.orEmpty("messageId"),
                word,
                state,
                code,
                VonageStatuses.ERRORS.failure(alias(), state, code, null),
                told.orEmpty("msisdn"),
                told.orEmpty("to"),
                Times.localOfShort(told.get("scts")));
    }

    private ReceiptDraft status(Parameters told, JsonNode body) {
        String word = told.orEmpty("status").toLowerCase(Locale.ROOT);
        ReceiptState state = VonageStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        String type = body.path("error").path("type").asText("");
        String code = type.isEmpty()
                ? null
                : type.indexOf('#') < 0 ? body.path("error").path("title").asText() : VonageMessagesErrors.code(type);
        String detail = body.path("error").path("detail").asText("");
        Failure failure =
                VonageMessagesErrors.OF_RECEIPTS.failure(alias(), state, code, detail.isEmpty() ? null : detail);
        return new ReceiptDraft(
                alias(),
                told.orEmpty("message_uuid"),
                word,
                state,
                code,
                failure,
                told.orEmpty("to"),
                told.orEmpty("from"),
                null);
    }

    private MoDraft message(Parameters told) {
        return new MoDraft(
                alias(),
                told.orEmpty("message_uuid"),
                told.orEmpty("from"),
                told.orEmpty("to"),
                told.get("text"),
                null,
                null,
                Times.iso(told.get("timestamp")));
    }

    private MoDraft sms(Parameters told) {
        boolean binary = "binary".equals(told.get("type"));
        return new MoDraft(
                alias(),
                told.orEmpty("messageId"),
                told.orEmpty("msisdn"),
                told.orEmpty("to"),
                binary ? null : told.get("text"),
                binary ? Content.octets(told.get("data")) : null,
                VonageParts.place(told),
                Times.isoOrPlain(told.get("message-timestamp")));
    }
}
