package io.smspipeline.settings;

import org.jspecify.annotations.Nullable;

/**
 * One item of a list whose items are names, each with or without a value: {@code [primary, {us: 90}]}.
 *
 * @param value the text behind the name, null when the name stands alone
 */
public record Entry(String name, @Nullable String value) {}
