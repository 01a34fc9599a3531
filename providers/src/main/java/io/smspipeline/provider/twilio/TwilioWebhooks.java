package io.smspipeline.provider.twilio;

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
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Secret;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * What Twilio sends: status callbacks and incoming messages, each signed with the account's auth token. Twilio joins the parts
 * of a message itself. Safe for use by many threads.
 */
public final class TwilioWebhooks extends AccountWebhooks {
    /** An answer to the handset could stand in it. */
    private static final WebhookReply NO_ANSWER =
            new WebhookReply(200, "text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    /** @param token the account's auth token; not empty */
    public TwilioWebhooks(String alias, Secret token, Clock clock) {
        super(alias, new TwilioSignature(token), clock);
    }

    @Override
    protected WebhookReply reply(WebhookKind kind) {
        return kind == WebhookKind.IM ? NO_ANSWER : WebhookReply.NO_CONTENT;
    }

    @Override
    protected List<WebhookArrival> arrivals(WebhookRequest request, Instant now) {
        Parameters told = Content.parameters(request);
        byte[] raw = Content.raw(request);
        return List.of(
                request.kind() == WebhookKind.IM
                        ? mo(told).arrival(raw, now)
                        : receipt(told).arrival(raw, now));
    }

    private ReceiptDraft receipt(Parameters told) {
        String word = first(told, "MessageStatus", "SmsStatus");
        String code = told.get("ErrorCode");
        ReceiptState state = TwilioStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        return new ReceiptDraft(
                alias(),
                first(told, "MessageSid", "SmsSid"),
                word,
                state,
                code,
                TwilioStatuses.ERRORS.failure(alias(), state, code, told.get("ErrorMessage")),
                told.orEmpty("To"),
                told.orEmpty("From"),
                Times.localOfShort(told.get("RawDlrDoneDate")));
    }

    private MoDraft mo(Parameters told) {
        String id = first(told, "MessageSid", "SmsSid");
        // An empty Body is absent to the form's reader, and is a message all the same: one of pictures.
        String text = told.all().stream()
                .filter(parameter -> parameter.name().equals("Body"))
                .map(Parameters.Parameter::value)
                .findFirst()
                .orElse(null);
        return new MoDraft(alias(), id, told.orEmpty("From"), told.orEmpty("To"), text, null, null, null);
    }

    private static String first(Parameters told, String name, String former) {
        String value = told.get(name);
        return value == null ? told.orEmpty(former) : value;
    }
}
