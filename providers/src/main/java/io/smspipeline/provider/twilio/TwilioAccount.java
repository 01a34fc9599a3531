package io.smspipeline.provider.twilio;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.http.HttpProvider;
import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.provider.webhook.WebhookKind;
import io.smspipeline.provider.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/** A configured account at Twilio. */
record TwilioAccount(String alias, TwilioSettings settings) implements ConfiguredProvider {
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
    public Pace pace() {
        return settings.http().pace();
    }

    @Override
    public Provider open(Wiring wiring) {
        return HttpProvider.open(alias, settings.http(), new TwilioApi(alias, settings), wiring);
    }

    /** What comes back arrives at the receiver's webhooks. */
    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new TwilioWebhooks(alias, settings.authToken().now(), clock));
    }
}
