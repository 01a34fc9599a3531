package io.smspipeline.schemas.registry;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where the registry is and what may be done to it, read from Confluent's configuration keys.
 *
 * @param urls tried in order; at least one
 * @param autoRegister whether an unknown schema is registered on first use
 * @param userInfo {@code user:password} for HTTP basic authentication, when asked for
 * @param timeout for one request
 */
public record RegistrySettings(List<URI> urls, boolean autoRegister, Optional<String> userInfo, Duration timeout) {
    /** {@code schema.registry.url}: comma-separated base addresses. */
    public static final String URL = "schema.registry.url";

    /** {@code auto.register.schemas}: true by default. */
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /** {@code basic.auth.credentials.source}: {@code USER_INFO} or {@code URL}. */
    public static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";

    /** {@code basic.auth.user.info}: {@code user:password}. */
    public static final String USER_INFO = "basic.auth.user.info";

    /** Copies the list, so that a settings value cannot change. */
    public RegistrySettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new ConfigException(URL + " is missing: records are written with the id of their schema,"
                    + " which a registry hands out. Set it to the registry's address, such as http://localhost:8081.");
        }
    }

    /**
     * Reads the keys a Confluent serializer would read.
     *
     * @throws ConfigException naming the key when a value is missing or unusable
     */
    public static RegistrySettings from(Map<String, ?> configuration) {
        List<URI> urls = new ArrayList<>();
        for (String url : text(configuration, URL).split(",")) {
            if (!url.isBlank()) {
                urls.add(address(url.strip()));
            }
        }
        String source = text(configuration, CREDENTIALS_SOURCE);
        Optional<String> userInfo = switch (source) {
            case "" -> Optional.<String>empty();
            case "USER_INFO" -> Optional.of(text(configuration, USER_INFO));
            case "URL" ->
                Optional.ofNullable(urls.isEmpty() ? null : urls.get(0).getUserInfo());
            default ->
                throw new ConfigException(CREDENTIALS_SOURCE + " is '" + source
                        + "': known sources are USER_INFO (with " + USER_INFO + ") and URL.");
        };
        String autoRegister = text(configuration, AUTO_REGISTER);
        return new RegistrySettings(
                urls, autoRegister.isEmpty() || Boolean.parseBoolean(autoRegister), userInfo, Duration.ofSeconds(10));
    }

    private static URI address(String url) {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(URL + " is '" + url + "', which is no address: " + e.getMessage());
        }
        if (!"http".equals(address.getScheme()) && !"https".equals(address.getScheme())) {
            throw new ConfigException(URL + " is '" + url + "': it must begin with http:// or https://.");
        }
        return address;
    }

    private static String text(Map<String, ?> configuration, String key) {
        Object value = configuration.get(key);
        return value == null ? "" : value.toString().strip();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", autoRegister=" + autoRegister + "]";
    }
}
