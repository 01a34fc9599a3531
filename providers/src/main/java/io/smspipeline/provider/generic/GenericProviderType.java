package io.smspipeline.provider.generic;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code http}: an API that the configuration describes. */
public final class GenericProviderType implements ProviderType {
    static final String NAME = "http";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> new GenericAccount(alias, GenericSettings.read(s)));
    }
}
