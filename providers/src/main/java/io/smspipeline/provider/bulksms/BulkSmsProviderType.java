package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code bulksms}. */
public final class BulkSmsProviderType implements ProviderType {
    static final String NAME = "bulksms";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> new BulkSmsAccount(alias, BulkSmsSettings.read(s)));
    }
}
