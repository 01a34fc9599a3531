package io.smspipeline.provider;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is handed over at once: one part over SMPP, the whole message where the provider cuts it itself. Immutable.
 *
 * @param message what the application asked for
 * @param from sender id as it will be sent; empty when the provider chooses
 * @param number from 1 to {@code count}
 * @param count submissions of the message, at least 1
 * @param parts how many parts it is on the air: what rates are counted in; at least 1
 * @param encoded octets ready for the wire; null where the provider takes characters
 * @param notes what the message asks for and this provider has not, a sentence each: told once it is accepted
 */
public record Submission(
        OutgoingMessage message,
        String from,
        int number,
        int count,
        int parts,
        @Nullable EncodedText encoded,
        List<String> notes) {
    /** Checks the numbers. */
    public Submission {
        notes = List.copyOf(notes);
        if (number < 1 || number > count || parts < 1) {
            throw new IllegalArgumentException("submission " + number + " of " + count + " with " + parts
                    + " parts in message " + message.getId() + ": submissions are numbered from 1 to their count");
        }
    }

    /** One of which nothing has to be noted. */
    public Submission(
            OutgoingMessage message, String from, int number, int count, int parts, @Nullable EncodedText encoded) {
        this(message, from, number, count, parts, encoded, List.of());
    }

    /** The segment of this submission; null when {@link #encoded} is. */
    public @Nullable Segment segment() {
        return encoded == null ? null : encoded.segments().get(number - 1);
    }
}
