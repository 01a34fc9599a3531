package io.smspipeline.settings;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells by its name whether a key nobody read as a secret may hold one: passed-through Kafka properties, and sections the
 * present process does not read. Masks rather too much than too little.
 */
final class SecretKeys {
    private static final Pattern NAMES = Pattern.compile(
            "password|passphrase|secret|token|jaas|credential|user\\.info|api-?key|private\\.?-?key|keystore\\.key");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("://[^/@\\s]+@");

    private SecretKeys() {}

    static boolean mayHoldSecret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        // A path to a secret is none, and the person at fault needs to see it.
        return !name.endsWith("-file") && NAMES.matcher(name).find();
    }

    /** The value as it may be shown: masked whole by its key's name, or without a user and password in an address. */
    static String shown(String key, String value) {
        return mayHoldSecret(key) ? Secret.MASK : withoutUser(value);
    }

    static String withoutUser(String value) {
        return USER_IN_ADDRESS.matcher(value).replaceAll("://" + Secret.MASK + "@");
    }
}
