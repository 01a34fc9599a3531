package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code clickatell}. */
public final class ClickatellProviderType implements ProviderType {
    static final String NAME = "clickatell";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> new ClickatellAccount(alias, ClickatellSettings.read(s)));
    }
}
