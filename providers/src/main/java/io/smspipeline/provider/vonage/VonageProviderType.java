package io.smspipeline.provider.vonage;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code vonage}. */
public final class VonageProviderType implements ProviderType {
    static final String NAME = "vonage";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> new VonageAccount(alias, VonageSettings.read(s)));
    }
}
