package io.smspipeline.provider.smpp.submit;

import io.smspipeline.settings.Section;
import org.jspecify.annotations.Nullable;

/** A setting that is one octet of a PDU, decimal or as in {@code 0x18}. */
final class Octet {
    private Octet() {}

    /** Null when the key is absent or faulty; faults are recorded. */
    static @Nullable Integer read(Section s, String key) {
        return s.text(key)
                .matching(text -> value(text) >= 0, "an octet: a number from 0 to 255, as in 24 or 0x18")
                .optional()
                .map(Octet::value)
                .orElse(null);
    }

    static int read(Section s, String key, int otherwise) {
        Integer value = read(s, key);
        return value == null ? otherwise : value;
    }

    private static int value(String text) {
        try {
            int value = Integer.decode(text.strip());
            return value > 0xFF ? -1 : value;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
