package io.smspipeline.provider.accepting;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.ProviderType;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.settings.Section;
import java.util.Optional;

/** {@code null}: accepts and forgets, for measuring everything before it. */
public final class NullProviderType implements ProviderType {
    private static final SendOutcome.Accepted TAKEN = new SendOutcome.Accepted("0", "0");

    @Override
    public String name() {
        return "null";
    }

    @Override
    public Optional<ConfiguredProvider> read(String alias, Section section) {
        return AcceptingAccount.read(alias, name(), section, submission -> TAKEN);
    }
}
