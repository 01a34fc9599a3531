package io.smspipeline.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.MoPart;
import io.smspipeline.record.Receipt;
import io.smspipeline.schemas.trust.TrustedRecords;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests as providers make them, and what came of them. */
public final class Requests {
    static {
        TrustedRecords.trust();
    }

    private Requests() {}

    /** With a form, already encoded. */
    public static WebhookRequest form(WebhookKind kind, String url, String body) {
        return post(kind, url, Webhooks.FORM, body);
    }

    public static WebhookRequest json(WebhookKind kind, String url, String body) {
        return post(kind, url, Webhooks.JSON, body);
    }

    private static WebhookRequest post(WebhookKind kind, String url, String type, String body) {
        return new WebhookRequest(
                kind,
                "POST",
                List.of(url),
                query(url),
                Map.of("Content-Type", List.of(type)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    public static WebhookRequest get(WebhookKind kind, String url) {
        return new WebhookRequest(kind, "GET", List.of(url), query(url), Map.of(), new byte[0]);
    }

    private static String query(String url) {
        int mark = url.indexOf('?');
        return mark < 0 ? "" : url.substring(mark + 1);
    }

    public static WebhookRequest with(WebhookRequest request, String header, String value) {
        Map<String, List<String>> headers = new HashMap<>(request.headers());
        headers.put(header, List.of(value));
        return new WebhookRequest(
                request.kind(), request.method(), request.urls(), request.query(), headers, request.body());
    }

    /** The one receipt it brought. */
    public static WebhookArrival.OfReceipt receipt(WebhookVerdict verdict) {
        return (WebhookArrival.OfReceipt) only(verdict);
    }

    /** The record of the one receipt it brought. */
    public static Receipt receiptRecord(WebhookVerdict verdict) {
        return receipt(verdict).receipt();
    }

    /** The one part it brought. */
    public static MoPart part(WebhookVerdict verdict) {
        return ((WebhookArrival.OfMo) only(verdict)).part();
    }

    private static WebhookArrival only(WebhookVerdict verdict) {
        List<WebhookArrival> all = arrived(verdict).all();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    public static WebhookVerdict.Arrived arrived(WebhookVerdict verdict) {
        assertThat(verdict).isInstanceOf(WebhookVerdict.Arrived.class);
        return (WebhookVerdict.Arrived) verdict;
    }

    public static String forged(WebhookVerdict verdict) {
        assertThat(verdict).isInstanceOf(WebhookVerdict.Forged.class);
        return ((WebhookVerdict.Forged) verdict).why();
    }
}
