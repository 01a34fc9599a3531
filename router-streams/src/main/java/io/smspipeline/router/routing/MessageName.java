package io.smspipeline.router.routing;

import io.smspipeline.admission.Admission;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;

/** Under which id a message is spoken of when its own cannot be used: a refusal must be visible too, and of one message. */
final class MessageName {
    private static final int KEPT = 27;

    private MessageName() {}

    /**
     * The id when it can be used. Else the first characters of one that is too long and a digest of all, or for a missing one
     * the place where the message lies; the same again when the record is read again.
     *
     * @param place topic, partition and offset
     */
    static String of(String id, Supplier<String> place) {
        if (id.isEmpty()) {
            String name = "no-id-" + place.get();
            return name.length() <= Admission.LONGEST_ID ? name : of(name, place);
        }
        return id.length() <= Admission.LONGEST_ID
                ? id
                : id.substring(0, KEPT) + "~" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }
}
