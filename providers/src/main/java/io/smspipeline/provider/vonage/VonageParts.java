package io.smspipeline.provider.vonage;

import io.smspipeline.provider.webhook.Content;
import io.smspipeline.provider.webhook.MoDraft;
import io.smspipeline.provider.webhook.Parameters;
import io.smspipeline.text.UserDataHeader;
import org.jspecify.annotations.Nullable;

/** Which part of which message a callback brings: as {@code concat-…} say, or the user data header of a binary one. */
final class VonageParts {
    private VonageParts() {}

    /** Null for a message of one part. */
    static MoDraft.@Nullable Place place(Parameters told) {
        if (Boolean.parseBoolean(told.get("concat"))) {
            String reference = told.get("concat-ref");
            int part = number(told.get("concat-part"));
            int parts = number(told.get("concat-total"));
            return reference == null || part < 1 || part > parts
                    ? null
                    : new MoDraft.Place(reference(reference), part, parts);
        }
        byte[] header = Content.octets(told.get("udh"));
        return header == null
                ? null
                : UserDataHeader.parse(header)
                        .header()
                        .concatenation()
                        .map(found -> new MoDraft.Place(found.reference(), found.number(), found.total()))
                        .orElse(null);
    }

    /** A number as a rule; what is none still tells one message from another. */
    private static int reference(String text) {
        int number = number(text);
        return number >= 0 ? number : text.hashCode();
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
