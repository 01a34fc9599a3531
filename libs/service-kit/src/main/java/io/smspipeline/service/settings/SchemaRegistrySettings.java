package io.smspipeline.service.settings;

import io.smspipeline.settings.Secret;
import io.smspipeline.settings.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Section {@code schema-registry}: where schemas are kept. Immutable.
 *
 * @param urls base addresses, tried in order; at least one
 * @param userInfo {@code user:password}, when the registry asks for one
 * @param autoRegister whether a schema the registry does not know is registered on first use
 */
public record SchemaRegistrySettings(List<URI> urls, Optional<Secret> userInfo, boolean autoRegister) {
    static final String SECTION = "schema-registry";

    public SchemaRegistrySettings {
        urls = List.copyOf(urls);
    }

    static SchemaRegistrySettings read(Section root) {
        Section section = root.section(SECTION);
        String url = section.text("url")
                .matching(
                        text -> Stream.of(text.split(",")).allMatch(SchemaRegistrySettings::isAddress),
                        "an address such as http://localhost:8081 (or several, separated by commas)")
                .orElse("http://localhost:8081");
        return new SchemaRegistrySettings(
                Stream.of(url.split(",")).map(text -> URI.create(text.strip())).toList(),
                section.secret("user-info").optional(),
                section.flag("auto-register").orElse(true));
    }

    /** In the keys that Confluent's serializers and ours read. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(
                "schema.registry.url",
                String.join(",", urls.stream().map(URI::toString).toList()));
        properties.put("auto.register.schemas", autoRegister);
        userInfo.ifPresent(secret -> {
            properties.put("basic.auth.credentials.source", "USER_INFO");
            properties.put("basic.auth.user.info", secret.reveal());
        });
        return properties;
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text.strip());
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
