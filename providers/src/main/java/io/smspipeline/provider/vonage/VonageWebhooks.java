package io.smspipeline.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.record.Failure;
import io.smspipeline.record.ReceiptState;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Vonage sends: receipts and messages of its SMS API, by GET, form or JSON as the account is set, and of its Messages API. The
 * parts of a long message come one by one. Safe for use by many threads.
 */
public final class VonageWebhooks implements Webhooks {
    private static final WebhookReply TAKEN = new WebhookReply(200, "text/plain; charset=utf-8", "");

    private final String alias;
    private final VonageSigning signing;
    private final Clock clock;

    public VonageWebhooks(String alias, VonageSigning signing, Clock clock) {
        this.alias = alias;
        this.signing = signing;
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
        return signing.secret().isEmpty() ? "" : "a signature";
    }

    @Override
    public WebhookVerdict read(WebhookRequest request) {
        Parameters told = Content.parameters(request);
        VonageSigning.Finding finding = signing.check(request, told, clock.instant());
        if (finding instanceof VonageSigning.Finding.Forged forged) {
            return new WebhookVerdict.Forged(forged.why());
        }
        String name = ((VonageSigning.Finding.Genuine) finding).name();
        byte[] raw = Content.raw(request);
        boolean ofMessagesApi = told.get("message_uuid") != null;
        WebhookArrival arrival;
        if (request.kind() == WebhookKind.IM) {
            arrival = ofMessagesApi ? message(told, raw) : sms(told, raw);
        } else {
            arrival = ofMessagesApi ? status(told, Content.json(request), raw) : receipt(told, raw);
        }
        return new WebhookVerdict.Arrived(List.of(arrival), TAKEN, name);
    }

    private WebhookArrival receipt(Parameters told, byte[] raw) {
        String word = told.orEmpty("status").toLowerCase(Locale.ROOT);
        ReceiptState state = VonageStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        String code = told.get("err-code");
        return new ReceiptDraft(
                        alias,
                        told.orEmpty("messageId"),
                        word,
                        state,
                        code,
                        VonageStatuses.ERRORS.failure(alias, state, code, null),
                        told.orEmpty("msisdn"),
                        told.orEmpty("to"),
                        Times.localOfShort(told.get("scts")))
                .arrival(raw, clock.instant());
    }

    private WebhookArrival status(Parameters told, JsonNode body, byte[] raw) {
        String word = told.orEmpty("status").toLowerCase(Locale.ROOT);
        ReceiptState state = VonageStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        String type = body.path("error").path("type").asText("");
        String code = type.isEmpty()
                ? null
                : type.indexOf('#') < 0 ? body.path("error").path("title").asText() : VonageMessagesErrors.code(type);
        String detail = body.path("error").path("detail").asText("");
        Failure failure =
                VonageMessagesErrors.OF_RECEIPTS.failure(alias, state, code, detail.isEmpty() ? null : detail);
        return new ReceiptDraft(
                        alias,
                        told.orEmpty("message_uuid"),
                        word,
                        state,
                        code,
                        failure,
                        told.orEmpty("to"),
                        told.orEmpty("from"),
                        null)
                .arrival(raw, clock.instant());
    }

    private WebhookArrival message(Parameters told, byte[] raw) {
        return new MoDraft(
                        alias,
                        told.orEmpty("message_uuid"),
                        told.orEmpty("from"),
                        told.orEmpty("to"),
                        told.get("text"),
                        null,
                        null,
                        Times.iso(told.get("timestamp")))
                .arrival(raw, clock.instant());
    }

    private WebhookArrival sms(Parameters told, byte[] raw) {
        boolean binary = "binary".equals(told.get("type"));
        return new MoDraft(
                        alias,
                        told.orEmpty("messageId"),
                        told.orEmpty("msisdn"),
                        told.orEmpty("to"),
                        binary ? null : told.get("text"),
                        binary ? octets(told.get("data")) : null,
                        VonageParts.place(told),
                        Times.isoOrPlain(told.get("message-timestamp")))
                .arrival(raw, clock.instant());
    }

    static byte @Nullable [] octets(@Nullable String hex) {
        try {
            return hex == null ? null : HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
