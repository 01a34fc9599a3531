package io.smspipeline.provider.smpp;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code smpp}: an account at an SMSC, or at an aggregator that speaks SMPP 3.4. */
public final class SmppProviderType implements ProviderType {
    static final String NAME = "smpp";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> SettingsReader.read(alias, s)).map(settings -> new SmppAccount(alias, settings));
    }
}
