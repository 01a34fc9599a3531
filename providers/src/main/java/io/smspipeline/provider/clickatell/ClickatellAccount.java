package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at Clickatell. */
record ClickatellAccount(String alias, ClickatellSettings settings) implements HttpAccount {
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
        return switch (settings.dialect()) {
            case PLATFORM -> new ClickatellApi(alias, settings);
            case HTTP -> new ClickatellHttpApi(alias, settings);
        };
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new ClickatellWebhooks(alias, settings.webhookSecret(), clock));
    }
}
