package io.smspipeline.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value with a size: a number or a duration.
 *
 * @param <T> the type asked for
 */
public final class Amount<T extends Comparable<T>> extends Value<T> {
    Amount(Section section, String key, @Nullable T value, boolean faulty, T placeholder, Function<T, Object> shown) {
        super(section, key, value, faulty, placeholder, shown);
    }

    /** Demands a value from least to most, both included. */
    public Amount<T> between(T least, T most) {
        reject(
                value -> value.compareTo(least) < 0 || value.compareTo(most) > 0,
                "is not between " + shown(least) + " and " + shown(most),
                "set a value in that range");
        placeholder(least);
        return this;
    }

    /** Demands a value not below this one. */
    public Amount<T> atLeast(T least) {
        reject(value -> value.compareTo(least) < 0, "is below " + shown(least), "set that or more");
        placeholder(least);
        return this;
    }
}
