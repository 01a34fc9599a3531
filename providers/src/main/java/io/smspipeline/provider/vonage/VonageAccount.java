package io.smspipeline.provider.vonage;

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

/** A configured account at Vonage. */
record VonageAccount(String alias, VonageSettings settings) implements ConfiguredProvider {
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
    public Pace pace() {
        return settings.http().pace();
    }

    @Override
    public Provider open(Wiring wiring) {
        return HttpProvider.open(alias, settings.http(), new VonageApi(alias, settings), wiring);
    }

    /** What comes back arrives at the receiver's webhooks. */
    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }

    @Override
    public Optional<Webhooks> webhooks(Clock clock) {
        return Optional.of(new VonageWebhooks(alias, settings.signing(), clock));
    }
}
