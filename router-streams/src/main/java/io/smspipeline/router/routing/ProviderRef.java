package io.smspipeline.router.routing;

/**
 * What routing knows of a provider.
 *
 * @param alias its name in the configuration and in topics
 * @param type its kind, such as {@code smpp}
 */
public record ProviderRef(String alias, String type) {}
