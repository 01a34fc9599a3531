package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at Clickatell's HTTP API. */
record ClickatellHttpAccount(String alias, ClickatellHttpSettings settings) implements HttpAccount {
    @Override
    public String type() {
        return ClickatellProviderType.NAME;
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public HttpApi api() {
        return new ClickatellHttpApi(alias, settings);
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new ClickatellWebhooks(alias, settings.webhookSecret(), clock));
    }
}
