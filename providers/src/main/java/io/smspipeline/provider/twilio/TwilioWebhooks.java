package io.smspipeline.provider.twilio;

import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio sends: status callbacks and incoming messages, each signed with the account's auth token. Twilio joins the parts
 * of a message itself. Safe for use by many threads.
 */
public final class TwilioWebhooks implements Webhooks {
    /** An answer to the handset could stand in it. */
    private static final WebhookReply NO_ANSWER =
            new WebhookReply(200, "text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    private final String alias;
    private final TwilioSignature signature;
    private final Clock clock;

    /** @param token the account's auth token; not empty */
    public TwilioWebhooks(String alias, Secret token, Clock clock) {
        this.alias = alias;
        this.signature = new TwilioSignature(token);
        this.clock = clock;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST");
    }

    @Override
    public Set<String> mediaTypes() {
        return Set.of(FORM, JSON);
    }

    @Override
    public String proof() {
        return "X-Twilio-Signature";
    }

    @Override
    public WebhookVerdict read(WebhookRequest request) {
        String wrong = forged(request);
        if (wrong != null) {
            return new WebhookVerdict.Forged(wrong);
        }
        Parameters told = Content.parameters(request);
        byte[] raw = Content.raw(request);
        String token = request.header("I-Twilio-Idempotency-Token");
        String repeatKey = token == null ? "" : token;
        return request.kind() == WebhookKind.IM
                ? new WebhookVerdict.Arrived(List.of(mo(told, raw)), NO_ANSWER, repeatKey)
                : new WebhookVerdict.Arrived(List.of(receipt(told, raw)), WebhookReply.NO_CONTENT, repeatKey);
    }

    private @Nullable String forged(WebhookRequest request) {
        String told = request.header("X-Twilio-Signature");
        if (told == null || told.isEmpty()) {
            return "it has no X-Twilio-Signature";
        }
        Parameters signed = Parameters.NONE;
        try {
            String digest = Parameters.ofForm(request.query()).get("bodySHA256");
            if (digest != null) {
                if (!Proof.same(Proof.hexDigest("SHA-256", request.body()), digest.toLowerCase(Locale.ROOT))) {
                    return "its body is not the one of bodySHA256";
                }
            } else if (request.mediaType().equals(JSON)
                    || (request.method().equals("GET") && request.body().length > 0)) {
                return "nothing signs its body";
            } else if (!request.method().equals("GET")) {
                signed = Parameters.ofForm(Content.text(request));
            }
        } catch (IllegalArgumentException e) {
            return "its parameters cannot be read";
        }
        for (String url : request.urls()) {
            if (signature.matches(told, url, signed)) {
                return null;
            }
        }
        return "X-Twilio-Signature is not that of this request at " + withoutQuery(request);
    }

    /** So that whoever configures a proxy sees which address was compared. Its path is masked: it is a secret. */
    private static String withoutQuery(WebhookRequest request) {
        String url = request.urls().isEmpty() ? "" : request.urls().get(0);
        int path = url.indexOf('/', url.indexOf("://") + 3);
        return path < 0 ? url : url.substring(0, path) + "/***";
    }

    private WebhookArrival receipt(Parameters told, byte[] raw) {
        String word = first(told, "MessageStatus", "SmsStatus");
        String code = told.get("ErrorCode");
        ReceiptState state = TwilioStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        return new ReceiptDraft(
                        alias,
                        first(told, "MessageSid", "SmsSid"),
                        word,
                        state,
                        code,
                        TwilioStatuses.ERRORS.failure(alias, state, code, told.get("ErrorMessage")),
                        told.orEmpty("To"),
                        told.orEmpty("From"),
                        Times.localOfShort(told.get("RawDlrDoneDate")))
                .arrival(raw, clock.instant());
    }

    private WebhookArrival mo(Parameters told, byte[] raw) {
        String id = first(told, "MessageSid", "SmsSid");
        // An empty Body is absent to the form's reader, and is a message all the same: one of pictures.
        String text = told.all().stream()
                .filter(parameter -> parameter.name().equals("Body"))
                .map(Parameters.Parameter::value)
                .findFirst()
                .orElse(null);
        return new MoDraft(alias, id, told.orEmpty("From"), told.orEmpty("To"), text, null, null, null)
                .arrival(raw, clock.instant());
    }

    private static String first(Parameters told, String name, String former) {
        String value = told.get(name);
        return value == null ? told.orEmpty(former) : value;
    }
}
