package io.smspipeline.provider;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.Encoding;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import java.util.List;

/** The plan of providers that take a message as a whole and cut it themselves: one submission, counted in parts. */
public final class WholeMessage {
    private WholeMessage() {}

    /** @param defaultSender for messages that name none; empty when the provider chooses */
    public static Plan plan(OutgoingMessage message, String defaultSender) {
        return plan(message, message.getFrom() == null ? defaultSender : message.getFrom(), List.of());
    }

    /**
     * The same, when it is settled who sends it.
     *
     * @param from empty when the provider chooses
     * @param notes as {@link Submission#notes()}
     */
    public static Plan plan(OutgoingMessage message, String from, List<String> notes) {
        int parts = partsOf(message);
        if (parts == 0) {
            return unfit("the message has no content: there is nothing to send.");
        }
        int limit = message.getMaxParts() == null ? TextEncoder.MAX_PARTS : message.getMaxParts();
        if (parts > limit) {
            return unfit("the message needs " + parts + " parts and may have " + limit
                    + ": shorten it, or raise maxParts (at most " + TextEncoder.MAX_PARTS + ").");
        }
        return new Plan.Submissions(List.of(new Submission(message, from, 1, 1, parts, null, notes)));
    }

    private static Plan unfit(String reason) {
        return new Plan.Unfit(new Failure(FailureCode.REQUEST, reason, null, null, true));
    }

    private static int partsOf(OutgoingMessage message) {
        if (message.getContent() instanceof TextContent text) {
            return text.getText().isEmpty()
                    ? 0
                    : TextEncoder.partsOf(text.getText(), choice(message.getEncoding()), Segmentation.UDH8);
        }
        int octets = ((BinaryContent) message.getContent()).getData().remaining();
        int room = Encoding.BINARY.roomBeside(Segmentation.UDH8.headerOctets());
        return octets <= Encoding.BINARY.roomBeside(0) ? Math.min(octets, 1) : (octets + room - 1) / room;
    }

    /** What the record's encoding means to the encoder. */
    public static EncodingChoice choice(io.smspipeline.record.Encoding encoding) {
        return switch (encoding) {
            case AUTO -> EncodingChoice.AUTO;
            case GSM7 -> EncodingChoice.GSM7;
            case UCS2 -> EncodingChoice.UCS2;
            case LATIN1 -> EncodingChoice.LATIN1;
        };
    }
}
