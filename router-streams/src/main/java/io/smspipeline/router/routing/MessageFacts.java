package io.smspipeline.router.routing;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Encoding;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message at the moment it is decided, and what rules may want to know of it. What takes work is worked out when it is first
 * asked for. For one thread and one decision.
 */
public final class MessageFacts {
    /** As in admission: what a concatenation takes of each part. */
    private static final Segmentation CUT = Segmentation.UDH8;

    private final OutgoingMessage message;
    private final Instant now;
    private @Nullable Destination destination;
    private @Nullable Size size;

    /**
     * How much there is to send, as it is without any replacement of characters.
     *
     * @param parts at least 1
     */
    record Size(Encoding encoding, int parts) {}

    /**
     * At this moment.
     *
     * @param message its recipient is normalised
     */
    public MessageFacts(OutgoingMessage message, Instant now) {
        this.message = message;
        this.now = now;
    }

    /** What was published, its recipient normalised. */
    public OutgoingMessage message() {
        return message;
    }

    /** When it is decided. */
    public Instant now() {
        return now;
    }

    Destination destination() {
        Destination known = destination;
        if (known == null) {
            known = Destination.of(message.getTo());
            destination = known;
        }
        return known;
    }

    Size size() {
        Size known = size;
        if (known == null) {
            known = measured();
            size = known;
        }
        return known;
    }

    private Size measured() {
        if (message.getContent() instanceof BinaryContent binary) {
            int header = binary.getUdh() == null ? 0 : binary.getUdh().remaining();
            int octets = binary.getData().remaining() + header;
            int room = Encoding.BINARY.roomBeside(CUT.headerOctets());
            boolean whole = octets <= Encoding.BINARY.roomBeside(0);
            return new Size(Encoding.BINARY, whole ? 1 : (octets + room - 1) / room);
        }
        String text = ((TextContent) message.getContent()).getText();
        EncodingChoice asked = EncodingChoice.valueOf(message.getEncoding().name());
        try {
            EncodedText encoded = TextEncoder.encode(text, asked, CUT, 0);
            return new Size(encoded.encoding(), encoded.partsOnAir());
        } catch (TextRefusedException e) {
            // Only somebody who asks without publishing gets here: admission refuses such a text.
            return new Size(Encoding.UCS2, TextEncoder.partsOf(text, asked, CUT));
        }
    }
}
