package io.smspipeline.provider;

import io.smspipeline.provider.webhook.CallbackAddresses;
import io.smspipeline.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The provider types on the class path, and the providers a configuration makes of them. Immutable. */
public final class ProviderCatalogue {
    private final Map<String, ProviderType> types = new TreeMap<>();

    private ProviderCatalogue(Iterable<ProviderType> found) {
        for (ProviderType type : found) {
            ProviderType other = types.putIfAbsent(type.name(), type);
            if (other != null) {
                throw new IllegalStateException("two provider types are called " + type.name() + ": "
                        + other.getClass().getName() + " and " + type.getClass().getName()
                        + ". Remove one of their jars.");
            }
        }
    }

    /** Every type that {@link ServiceLoader} finds. */
    public static ProviderCatalogue onClassPath() {
        return new ProviderCatalogue(ServiceLoader.load(ProviderType.class));
    }

    /**
     * Reads the {@code providers} of a configuration, in order. Faults are recorded in their sections; elements without a
     * usable type are left out.
     */
    public List<ConfiguredProvider> read(Section root) {
        List<ConfiguredProvider> providers = new ArrayList<>();
        CallbackAddresses callbacks = CallbackAddresses.read(root);
        for (Section section : root.aliased("providers")) {
            String name = section.text("type").required();
            ProviderType type = types.get(name);
            if (type != null) {
                type.read(section.alias(), section)
                        .map(provider -> provider.calledBackAt(callbacks))
                        .ifPresent(providers::add);
            } else {
                section.readInPart();
                if (!name.isEmpty()) {
                    section.fault(
                            "type",
                            "is '" + name + "', which no provider is called",
                            "Use one of " + types.keySet() + ".");
                }
            }
        }
        return providers;
    }
}
