package io.smspipeline.provider.twilio;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code twilio}. */
public final class TwilioProviderType implements ProviderType {
    static final String NAME = "twilio";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return section.made(s -> new TwilioAccount(alias, TwilioSettings.read(s)));
    }
}
