package io.smspipeline.provider.smpp;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.ProviderCatalogue;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import io.smspipeline.settings.PersonalData;
import io.smspipeline.settings.Settings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Accounts at a peer on this machine. */
final class SmppTestAccount {
    private SmppTestAccount() {}

    /** @param keys further settings, such as {@code "window: 5"} */
    static ConfiguredProvider at(int port, String... keys) {
        StringBuilder yaml = new StringBuilder("providers:\n  - alias: primary\n    type: smpp\n");
        List<String> all = new ArrayList<>(List.of("port: " + port, "system-id: test"));
        all.addAll(List.of(keys));
        if (all.stream().noneMatch(key -> key.startsWith("password"))) {
            all.add("password: secret");
        }
        if (all.stream().noneMatch(key -> key.startsWith("host"))) {
            all.add("host: 127.0.0.1");
        }
        all.forEach(key -> yaml.append("    ").append(key).append('\n'));
        Settings settings = Settings.parse(yaml.toString(), Map.of(), Set.of("providers"));
        List<ConfiguredProvider> read = ProviderCatalogue.onClassPath().read(settings.root());
        settings.faults().throwIfAny();
        return read.get(0);
    }

    static Wiring wiring(InboundSink sink) {
        return new Wiring(Clock.systemUTC(), sink, Replica.ONLY, new SimpleMeterRegistry(), PersonalData.MASKED);
    }
}
