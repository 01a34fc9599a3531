package io.smspipeline.provider;

import io.smspipeline.settings.Section;
import java.util.Optional;

/**
 * A kind of provider, found by {@link java.util.ServiceLoader} under the name that a configuration's {@code type} says.
 * Adding a provider is one package with an implementation of this and an entry in {@code META-INF/services}.
 */
public interface ProviderType {
    /** What the configuration calls it: {@code smpp}, {@code loopback}. */
    String name();

    /**
     * Reads one element of {@code providers}. Every fault is recorded in the section, none is thrown.
     *
     * @param section the element; {@code alias} and {@code type} are already checked, and are read here no more
     * @return the provider; empty or never opened when the section had faults
     */
    Optional<ConfiguredProvider> read(String alias, Section section);
}
