package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at BulkSMS. */
record BulkSmsAccount(String alias, BulkSmsSettings settings) implements HttpAccount {
    @Override
    public String type() {
        return BulkSmsProviderType.NAME;
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public HttpApi api() {
        return new BulkSmsApi(alias, settings);
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new BulkSmsWebhooks(alias, settings.webhookSecret(), clock));
    }
}
