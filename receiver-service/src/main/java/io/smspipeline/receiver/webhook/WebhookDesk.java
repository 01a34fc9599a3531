package io.smspipeline.receiver.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.webhook.Proof;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.WebhookReply;
import io.smspipeline.provider.webhook.WebhookRequest;
import io.smspipeline.provider.webhook.WebhookVerdict;
import io.smspipeline.provider.webhook.Webhooks;
import io.smspipeline.receiver.webhook.WebhookCounters.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about requests: whose they are, whether they are genuine, and what is answered when what they bring is durable or is
 * not. Safe for use by many threads; never blocks.
 */
final class WebhookDesk {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDesk.class);
    private static final int REMEMBERED = 100_000;

    /** Whoever sends forgeries should not be able to fill a disk. */
    private static final long BETWEEN_WARNINGS_NANOS = 10_000_000_000L;

    private static final WebhookReply NOT_FOUND = text(404, "There is nothing here.");
    private static final WebhookReply FORBIDDEN =
            text(403, "Nothing proves that this is from the provider: its signature or secret is missing or wrong.");
    private static final WebhookReply LATER = text(503, "It could not be stored. Send it again.");

    private final HttpSettings settings;
    private final Map<String, Account> accounts = new HashMap<>();
    private final InboundSink sink;
    private final SignedAddress addresses;
    private final LongSupplier nanoTime;

    private record Account(Webhooks webhooks, WebhookCounters counters, Remembered remembered, AtomicLong warnedAt) {}

    WebhookDesk(
            HttpSettings settings,
            List<Webhooks> webhooks,
            InboundSink sink,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        this.settings = settings;
        this.sink = sink;
        this.addresses = new SignedAddress(settings);
        this.nanoTime = nanoTime;
        for (Webhooks each : webhooks) {
            accounts.put(
                    each.alias(),
                    new Account(
                            each,
                            new WebhookCounters(each.alias(), meters),
                            new Remembered(REMEMBERED),
                            new AtomicLong(nanoTime.getAsLong() - BETWEEN_WARNINGS_NANOS)));
        }
    }

    static WebhookReply text(int status, String text) {
        return new WebhookReply(status, "text/plain; charset=utf-8", text + "\n");
    }

    /** What a path leads to. */
    private record Place(Account account, WebhookKind kind) {}

    /** What to do about a request whose body is not read yet. */
    sealed interface Admission {
        /** Its body is wanted. */
        record Wanted(Body then) implements Admission {}

        /** It is answered already. @param allow the methods there are, where another was used; else empty */
        record Answered(WebhookReply reply, String allow) implements Admission {}
    }

    /** What follows once the body is there. */
    @FunctionalInterface
    interface Body {
        /** Completes within a bounded time, and never exceptionally. */
        CompletableFuture<WebhookReply> came(byte[] body);
    }

    /** Looks at everything but the body. */
    Admission admit(Incoming incoming, long declaredLength) {
        Place place = place(incoming.path());
        if (place == null) {
            return new Admission.Answered(NOT_FOUND, "");
        }
        Webhooks webhooks = place.account.webhooks;
        WebhookReply unfit = null;
        String allow = "";
        if (!webhooks.methods().contains(incoming.method())) {
            allow = String.join(", ", webhooks.methods().stream().sorted().toList());
            unfit = text(405, "Use " + allow + ".");
        } else if (declaredLength > settings.bodyLimit()) {
            unfit = tooLong();
        } else if (declaredLength != 0 && !incoming.method().equals("GET") && !isUsual(webhooks, incoming)) {
            unfit = text(
                    415,
                    "Use "
                            + String.join(
                                    " or ",
                                    webhooks.mediaTypes().stream().sorted().toList()) + ".");
        }
        if (unfit != null) {
            place.account.counters.count(Result.UNFIT);
            return new Admission.Answered(unfit, allow);
        }
        return new Admission.Wanted(body -> decide(place, incoming, body));
    }

    private static boolean isUsual(Webhooks webhooks, Incoming incoming) {
        String type = incoming.header("content-type");
        int semicolon = type.indexOf(';');
        String plain = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
        return webhooks.mediaTypes().stream().anyMatch(plain::equalsIgnoreCase);
    }

    private WebhookReply tooLong() {
        return text(413, "At most " + settings.bodyLimit() + " octets are taken.");
    }

    /** Whether a guess at the secret path is right must not show in how long the answer takes. */
    private @Nullable Place place(String path) {
        int last = path.lastIndexOf('/');
        int before = last <= 0 ? -1 : path.lastIndexOf('/', last - 1);
        if (before <= 0 || !Proof.same("/" + settings.path(), path.substring(0, before))) {
            return null;
        }
        Account account = accounts.get(path.substring(before + 1, last));
        WebhookKind kind = WebhookKind.of(path.substring(last + 1)).orElse(null);
        return account == null || kind == null ? null : new Place(account, kind);
    }

    private CompletableFuture<WebhookReply> decide(Place place, Incoming incoming, byte[] body) {
        Account account = place.account;
        if (body.length > settings.bodyLimit()) {
            account.counters.count(Result.UNFIT);
            return CompletableFuture.completedFuture(tooLong());
        }
        WebhookVerdict verdict = account.webhooks.read(new WebhookRequest(
                place.kind, incoming.method(), addresses.of(incoming), incoming.query(), incoming.headers(), body));
        if (verdict instanceof WebhookVerdict.Forged forged) {
            account.counters.count(Result.FORGED);
            warn(account, forged);
            return CompletableFuture.completedFuture(FORBIDDEN);
        }
        return store(account, (WebhookVerdict.Arrived) verdict);
    }

    private void warn(Account account, WebhookVerdict.Forged forged) {
        long now = nanoTime.getAsLong();
        long last = account.warnedAt.get();
        if (now - last >= BETWEEN_WARNINGS_NANOS && account.warnedAt.compareAndSet(last, now)) {
            LOG.warn(
                    "webhook outcome=forged provider={} why={}: answered 403. When it is the provider's, check its secret"
                            + " and receiver.http.public-url; further ones are counted only, for 10 s",
                    account.webhooks.alias(),
                    forged.why());
        }
    }

    private CompletableFuture<WebhookReply> store(Account account, WebhookVerdict.Arrived arrived) {
        String name = arrived.repeatKey();
        if (!name.isEmpty() && account.remembered.has(name)) {
            account.counters.count(Result.REPEATED);
            return CompletableFuture.completedFuture(arrived.reply());
        }
        CompletableFuture<?>[] written = new CompletableFuture<?>[arrived.all().size()];
        for (int i = 0; i < written.length; i++) {
            written[i] = left(arrived.all().get(i));
        }
        return CompletableFuture.allOf(written).handle((done, failure) -> {
            if (failure != null) {
                account.counters.count(Result.LATER);
                return LATER;
            }
            if (!name.isEmpty()) {
                account.remembered.add(name);
            }
            account.counters.count(Result.TAKEN);
            return arrived.reply();
        });
    }

    private CompletableFuture<Void> left(WebhookArrival arrival) {
        try {
            return arrival.leaveIn(sink).toCompletableFuture();
        } catch (RuntimeException e) {
            LOG.error("what a webhook brought could not be published", e);
            return CompletableFuture.failedFuture(e);
        }
    }
}
