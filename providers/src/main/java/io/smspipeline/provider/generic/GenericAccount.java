package io.smspipeline.provider.generic;

import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** An account at an API that the configuration describes. */
record GenericAccount(String alias, GenericSettings settings) implements HttpAccount {
    @Override
    public String type() {
        return GenericProviderType.NAME;
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public HttpApi api() {
        return new DescribedApi(alias, settings);
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return settings.callbacks().isEmpty()
                ? Optional.empty()
                : Optional.of(new DescribedWebhooks(alias, settings.callbacks(), settings.webhookSecret(), clock));
    }
}
