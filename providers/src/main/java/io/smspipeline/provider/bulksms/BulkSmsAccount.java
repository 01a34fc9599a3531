package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.http.HttpProvider;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at BulkSms. */
record BulkSmsAccount(String alias, BulkSmsSettings settings) implements ConfiguredProvider {
    @Override
    public String type() {
        return BulkSmsProviderType.NAME;
    }

    @Override
    public Pace pace() {
        return settings.http().pace();
    }

    @Override
    public Provider open(Wiring wiring) {
        return HttpProvider.open(alias, settings.http(), new BulkSmsApi(alias, settings), wiring);
    }

    /** What comes back arrives at the receiver's webhooks. */
    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new BulkSmsWebhooks(alias, settings.webhookSecret(), clock));
    }
}
