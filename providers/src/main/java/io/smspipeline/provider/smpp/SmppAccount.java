package io.smspipeline.provider.smpp;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import java.util.Optional;

/** A configured SMPP account. */
record SmppAccount(String alias, SmppSettings settings) implements ConfiguredProvider {
    @Override
    public String type() {
        return SmppProviderType.NAME;
    }

    @Override
    public Pace pace() {
        return pace(Replica.ONLY);
    }

    @Override
    public Pace pace(Replica replica) {
        return settings.pace(replica);
    }

    @Override
    public Provider open(Wiring wiring) {
        return new SmppProvider(this, wiring);
    }

    @Override
    public Optional<InboundSource> openInbound(Wiring wiring) {
        return settings.mode() == BindMode.SEPARATE ? Optional.of(new SmppInbound(this, wiring)) : Optional.empty();
    }
}
