package io.smspipeline.provider;

/**
 * One submission a provider took. Immutable.
 *
 * @param providerMessageId its id exactly as the provider wrote it
 * @param from sender id as it was sent; empty when the provider chose it
 * @param to recipient in E.164 with plus
 */
public record HeldMessage(String providerMessageId, String from, String to) {}
