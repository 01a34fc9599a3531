package io.smspipeline.provider.generic;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.http.HttpProvider;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** An account at an API that the configuration describes. */
record GenericAccount(String alias, GenericSettings settings) implements ConfiguredProvider {
    @Override
    public String type() {
        return GenericProviderType.NAME;
    }

    @Override
    public Pace pace() {
        return settings.http().pace();
    }

    @Override
    public Provider open(Wiring wiring) {
        return HttpProvider.open(alias, settings.http(), new DescribedApi(alias, settings), wiring);
    }

    /** What comes back arrives at the receiver's webhooks. */
    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return settings.callbacks().isEmpty()
                ? Optional.empty()
                : Optional.of(new DescribedWebhooks(alias, settings.callbacks(), settings.webhookSecret(), clock));
    }
}
