package io.smspipeline.provider.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The requests of one account behind their seal: none is read before it was found to be the provider's. What remains to a provider
 * is to say what stands in one.
 */
public abstract class AccountWebhooks implements Webhooks {
    private final String alias;
    private final Seal seal;
    private final Clock clock;

    /** @param clock the time of day */
    protected AccountWebhooks(String alias, Seal seal, Clock clock) {
        this.alias = alias;
        this.seal = seal;
        this.clock = clock;
    }

    @Override
    public final String alias() {
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
    public final String proof() {
        return seal.proof();
    }

    @Override
    public final WebhookVerdict read(WebhookRequest request) {
        Instant now = clock.instant();
        Seal.Finding finding = seal.check(request, now);
        return finding instanceof Seal.Finding.Genuine genuine
                ? new WebhookVerdict.Arrived(arrivals(request, now), reply(request.kind()), genuine.name())
                : new WebhookVerdict.Forged(((Seal.Finding.Forged) finding).why());
    }

    /**
     * What a genuine request brought; empty for a trial call.
     *
     * @param now when it came
     */
    protected abstract List<WebhookArrival> arrivals(WebhookRequest request, Instant now);

    /** What the provider is told when all of that is durable. */
    protected WebhookReply reply(WebhookKind kind) {
        return WebhookReply.NO_CONTENT;
    }
}
