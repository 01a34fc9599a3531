package io.smspipeline.settings;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One key's value, ended by {@link #required()}, {@link #orElse}, {@link #optional()} or {@link #orNull()}. None of them
 * throws: a fault is recorded once and a harmless placeholder comes back, so that reading goes on and finds the rest.
 *
 * @param <T> the type asked for
 */
public class Value<T> {
    private final Section section;
    private final String key;
    private final @Nullable T value;
    private final Function<T, Object> shown;
    private T placeholder;
    private boolean faulty;

    Value(Section section, String key, @Nullable T value, boolean faulty, T placeholder, Function<T, Object> shown) {
        this.section = section;
        this.key = key;
        this.value = value;
        this.faulty = faulty;
        this.placeholder = placeholder;
        this.shown = shown;
    }

    /** The value; when absent, a fault and a placeholder. */
    public T required() {
        if (value == null && !faulty) {
            section.missing(key);
        }
        return orElse(placeholder, false);
    }

    /** The value, or this one when the key is absent or faulty. */
    public T orElse(T other) {
        return orElse(other, true);
    }

    /** The value, or empty when the key is absent or faulty. */
    public Optional<T> optional() {
        return Optional.ofNullable(orNull());
    }

    /** The value, or null when the key is absent or faulty. */
    public @Nullable T orNull() {
        if (value == null || faulty) {
            return null;
        }
        section.resolved(key, shown.apply(value));
        return value;
    }

    /**
     * Demands more of a value that is there.
     *
     * @param expectation what the value is not, such as {@code "a topic prefix (letters, digits, dots and dashes)"}
     */
    public Value<T> matching(Predicate<? super T> rule, String expectation) {
        reject(rule.negate(), "is not " + expectation, "correct it");
        return this;
    }

    final void reject(Predicate<? super T> wrong, String what, String whatToDo) {
        if (value != null && !faulty && wrong.test(value)) {
            section.wrong(key, shown.apply(value), what, whatToDo);
            faulty = true;
        }
    }

    final void placeholder(T harmless) {
        placeholder = harmless;
    }

    final Object shown(T some) {
        return shown.apply(some);
    }

    private T orElse(T other, boolean isDefault) {
        T present = orNull();
        if (present != null) {
            return present;
        }
        if (isDefault) {
            section.resolved(key, shown.apply(other));
        }
        return other;
    }
}
