package io.smspipeline.provider.http;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import java.util.Optional;

/** A configured account at an HTTP API: {@link HttpProvider} sends, and what comes back arrives at the receiver's webhooks. */
public interface HttpAccount extends ConfiguredProvider {
    /** What the configuration says about any HTTP API. */
    HttpSettings http();

    /** How this one is spoken: a new one for each opening. */
    HttpApi api();

    @Override
    default Pace pace() {
        return http().pace();
    }

    @Override
    default Provider open(Wiring wiring) {
        return HttpProvider.open(alias(), http(), api(), wiring);
    }

    @Override
    default Optional<InboundSource> openInbound(Wiring wiring) {
        return Optional.empty();
    }
}
