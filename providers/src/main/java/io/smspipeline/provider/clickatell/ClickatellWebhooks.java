package io.smspipeline.provider.clickatell;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.webhook.AccountWebhooks;
import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.provider.webhook.Times;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.text.Concatenation;
import io.smspipeline.text.UserDataHeader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Clickatell sends: events of its One API, flat callbacks of its REST API, and those of the HTTP API before the platform, by GET,
 * form or JSON. It signs nothing and wants "OK" as an answer. Safe for use by many threads.
 */
public final class ClickatellWebhooks extends AccountWebhooks {
    private static final WebhookReply OK = new WebhookReply(200, "text/plain; charset=utf-8", "OK");

    /** The HTTP API before the platform tells the time of the company's seat. */
    private static final ZoneId SEAT = ZoneOffset.ofHours(2);

    public ClickatellWebhooks(String alias, UrlSecret secret, Clock clock) {
        super(alias, secret, clock);
    }

    @Override
    protected WebhookReply reply(WebhookKind kind) {
        return OK;
    }

    @Override
    protected List<WebhookArrival> arrivals(WebhookRequest request, Instant now) {
        JsonNode event = request.method().equals("POST") && request.mediaType().equals(JSON)
                ? Content.json(request).path("event")
                : Content.NOTHING;
        List<WebhookArrival> all = new ArrayList<>();
        for (JsonNode update : event.path("messageStatusUpdate")) {
            all.add(status(Parameters.ofJson(update)).arrival(Content.raw(update), now));
        }
        for (JsonNode text : event.path("moText")) {
            all.add(message(Parameters.ofJson(text)).arrival(Content.raw(text), now));
        }
        if (all.isEmpty()) {
            Parameters told = Content.parameters(request);
            byte[] raw = Content.raw(request);
            all.add(
                    request.kind() == WebhookKind.IM
                            ? message(told).arrival(raw, now)
                            : status(told).arrival(raw, now));
        }
        return all;
    }

    private ReceiptDraft status(Parameters told) {
        boolean former = told.getAny("api_id") != null;
        String id = told.getAny("messageId", "apiMsgId", "moMsgId", "apiMessageId");
        String number = told.getAny("statusCode");
        String word = told.getAny("status");
        ReceiptState state;
        DeliveryErrors errors;
        if (former || number == null && word != null && isNumber(word)) {
            number = word == null ? null : withoutZeros(word);
            state = of(ClickatellStatuses.FORMER, number);
            errors = ClickatellStatuses.FORMER_ERRORS;
        } else {
            state = number == null
                    ? of(ClickatellStatuses.WORDS, word == null ? null : word.toUpperCase(Locale.ROOT))
                    : of(ClickatellStatuses.PLATFORM, number);
            errors = ClickatellStatuses.PLATFORM_ERRORS;
        }
        return new ReceiptDraft(
                alias(),
                orEmpty(id),
                word == null ? orEmpty(number) : word,
                state,
                number,
                errors.failure(alias(), state, number, told.getAny("statusDescription")),
                orEmpty(told.getAny("to")),
                orEmpty(told.getAny("from")),
                null);
    }

    private static ReceiptState of(Map<String, ReceiptState> states, @Nullable String key) {
        return key == null ? ReceiptState.UNKNOWN : states.getOrDefault(key, ReceiptState.UNKNOWN);
    }

    private MoDraft message(Parameters told) {
        return new MoDraft(
                alias(),
                orEmpty(told.getAny("messageId", "moMsgId")),
                orEmpty(told.getAny("fromNumber", "from")),
                orEmpty(told.getAny("toNumber", "to")),
                told.getAny("content", "text"),
                null,
                place(told.getAny("udh")),
                sentAt(told.getAny("timestamp")));
    }

    private static MoDraft.@Nullable Place place(@Nullable String udh) {
        try {
            Concatenation found = udh == null
                    ? null
                    : UserDataHeader.parse(HexFormat.of().parseHex(udh))
                            .header()
                            .concatenation()
                            .orElse(null);
            return found == null ? null : new MoDraft.Place(found.reference(), found.number(), found.total());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant sentAt(@Nullable String text) {
        Instant platform = Times.millis(text);
        return platform == null ? Times.plain(text, SEAT) : platform;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@code 004} is 4. */
    private static String withoutZeros(String number) {
        String plain = number.replaceFirst("^0+", "");
        return plain.isEmpty() ? "0" : plain;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
