package io.smspipeline.provider.vonage;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at Vonage. */
record VonageAccount(String alias, VonageSettings settings) implements HttpAccount {
    @Override
    public String type() {
        return VonageProviderType.NAME;
    }

    /** Vonage takes addresses of at most 100 characters; others it calls where the account's settings say. */
    @Override
    public ConfiguredProvider calledBackAt(CallbackAddresses addresses) {
        return addresses
                .of(settings.http().baseUrl(), alias, WebhookKind.STATUS)
                .filter(address ->
                        settings.callback() == null && address.toString().length() <= 100)
                .map(address -> new VonageAccount(alias, settings.calledBackAt(address)))
                .orElse(this);
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public HttpApi api() {
        return switch (settings.dialect()) {
            case SMS -> new VonageApi(alias, settings);
            case MESSAGES -> new VonageMessagesApi(alias, settings);
        };
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new VonageWebhooks(alias, settings.signing(), clock));
    }
}
