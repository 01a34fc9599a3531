package io.smspipeline.provider;

import io.smspipeline.settings.Settings;
import java.util.Map;
import java.util.Set;

/** Providers read from a configuration, as a process reads them. */
public final class TestProviders {
    private TestProviders() {}

    /** @param keys of the provider called {@code test}, such as {@code "type: loopback"} */
    public static ConfiguredProvider of(String... keys) {
        String yaml = "providers:\n  - alias: test\n    " + String.join("\n    ", keys) + "\n";
        Settings settings = Settings.parse(yaml, Map.of(), Set.of("providers"));
        var read = ProviderCatalogue.onClassPath().read(settings.root());
        settings.faults().throwIfAny();
        return read.get(0);
    }
}
