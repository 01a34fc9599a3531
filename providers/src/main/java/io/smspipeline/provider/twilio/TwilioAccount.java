package io.smspipeline.provider.twilio;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.http.HttpAccount;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at Twilio. */
record TwilioAccount(String alias, TwilioSettings settings) implements HttpAccount {
    @Override
    public String type() {
        return TwilioProviderType.NAME;
    }

    @Override
    public ConfiguredProvider calledBackAt(CallbackAddresses addresses) {
        return addresses
                .of(settings.http().baseUrl(), alias, WebhookKind.STATUS)
                .filter(address -> settings.statusCallback() == null)
                .map(address -> new TwilioAccount(alias, settings.calledBackAt(address)))
                .orElse(this);
    }

    @Override
    public HttpSettings http() {
        return settings.http();
    }

    @Override
    public HttpApi api() {
        return new TwilioApi(alias, settings);
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new TwilioWebhooks(alias, settings.authToken().now(), clock));
    }
}
