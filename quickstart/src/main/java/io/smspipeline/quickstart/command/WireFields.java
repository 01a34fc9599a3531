package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Reads what the objects of {@code encode}, {@code receipt} and {@code decode} are made of; a wrong field is a {@link UserFault}. */
final class WireFields {
    private WireFields() {}

    /** A whole number; {@code otherwise} when the field is absent or null. */
    static int number(JsonNode object, String field, int otherwise, int least, int most) {
        JsonNode value = object.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || value.asLong() < least || value.asLong() > most) {
            throw new UserFault(field + " is " + value + ": give a whole number from " + least + " to " + most + ".");
        }
        return value.asInt();
    }

    /** Octets in hexadecimal. */
    static byte[] octets(String field, JsonNode value) {
        try {
            return HexFormat.of().parseHex(value.asText());
        } catch (IllegalArgumentException e) {
            throw new UserFault(field + " is " + value + ": give two hexadecimal digits an octet.");
        }
    }

    /** A constant by its name in any case, with "-" for "_". */
    static <E extends Enum<E>> E constant(Class<E> type, String what, String name) {
        for (E known : type.getEnumConstants()) {
            if (known.name().equalsIgnoreCase(name.replace('-', '_'))) {
                return known;
            }
        }
        throw new UserFault(what + " is '" + name + "': known are "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(known ->
                                        known.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .toList())
                + ".");
    }
}
