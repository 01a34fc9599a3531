package io.smspipeline.client;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Ports;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import io.smspipeline.text.UserDataHeader;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What routing would reject whatever its configuration, told to the application while it still has the message in hand.
 * Routing has the last word. Stateless; safe for use by many threads.
 */
final class EarlyCheck {
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_REFERENCE = 255;
    /** Septets of an alphanumeric sender, 3GPP TS 23.040 9.1.2.5: 10 octets of 7-bit characters. */
    private static final int LONGEST_NAME = 11;

    private static final int LONGEST_NUMBER = 15;
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private EarlyCheck() {}

    /**
     * Nothing, for a message that may be published.
     *
     * @throws InvalidSmsException naming the field, what is wrong with it and what to do
     */
    static void require(OutgoingMessage message) {
        identity(message.getId());
        if (Msisdn.parse(message.getTo()) instanceof Msisdn.Invalid invalid) {
            throw new InvalidSmsException(FailureCode.INVALID_RECIPIENT, "to: " + invalid.reason() + ".");
        }
        sender(message.getFrom());
        options(message);
        times(message);
        content(message);
    }

    private static void identity(String id) {
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            throw request("id: it has " + id.length() + " characters, allowed are 1 to " + LONGEST_ID
                    + ". Leave it out for a new one.");
        }
    }

    private static void sender(@Nullable String from) {
        if (from == null) {
            return;
        }
        if (from.isBlank()) {
            throw badSender("it is empty. Leave it out to send from the provider's default.");
        }
        if (DIGITS.matcher(from).matches()) {
            int digits = from.startsWith("+") ? from.length() - 1 : from.length();
            if (digits > LONGEST_NUMBER) {
                throw badSender("it has " + digits + " digits, a number has at most " + LONGEST_NUMBER + ".");
            }
            return;
        }
        if (CONTROL.matcher(from).find()) {
            throw badSender("it contains a control character.");
        }
        try {
            int septets = TextEncoder.encode(from, EncodingChoice.GSM7, Segmentation.UDH8, 0)
                    .units();
            if (septets > LONGEST_NAME) {
                throw badSender("'" + from + "' takes " + septets + " septets, a name has at most " + LONGEST_NAME
                        + ". Shorten it, or send from a number.");
            }
        } catch (TextRefusedException e) {
            throw badSender("'" + from + "' has characters outside GSM 03.38: " + e.getMessage() + ".");
        }
    }

    private static void options(OutgoingMessage message) {
        range("messageClass", message.getMessageClass(), 0, 3);
        range("protocolId", message.getProtocolId(), 0, 255);
        range("maxParts", message.getMaxParts(), 1, TextEncoder.MAX_PARTS);
        String reference = message.getClientReference();
        if (reference != null && reference.length() > LONGEST_REFERENCE) {
            throw request("clientReference: it has " + reference.length() + " characters, allowed are at most "
                    + LONGEST_REFERENCE + ".");
        }
    }

    /** Only against the message's own times: whether they have passed is for the pipeline's clock to say. */
    private static void times(OutgoingMessage message) {
        Instant validUntil = message.getValidUntil();
        if (validUntil == null) {
            return;
        }
        if (!validUntil.isAfter(message.getCreatedAt())) {
            throw expired("it is not after " + message.getCreatedAt() + ", when the message was made.");
        }
        if (message.getSendAt() != null && !validUntil.isAfter(message.getSendAt())) {
            throw expired("it is not after sendAt, " + message.getSendAt() + ": it would never be sent.");
        }
    }

    private static void content(OutgoingMessage message) {
        int maxParts = message.getMaxParts() == null ? TextEncoder.MAX_PARTS : message.getMaxParts();
        try {
            EncodedText encoded;
            if (message.getContent() instanceof TextContent text) {
                if (text.getText().isEmpty()) {
                    throw request("text: it is empty, there is nothing to send.");
                }
                encoded = TextEncoder.encode(
                        text.getText(),
                        EncodingChoice.valueOf(message.getEncoding().name()),
                        Segmentation.UDH8,
                        0,
                        UserDataHeader.NONE,
                        maxParts);
            } else {
                BinaryContent binary = (BinaryContent) message.getContent();
                byte[] data = octets(binary.getData());
                if (data.length == 0) {
                    throw request("binary: it is empty, there is nothing to send.");
                }
                encoded = TextEncoder.encodeBinary(data, Segmentation.UDH8, 0, header(binary), maxParts);
            }
            if (encoded.partsOnAir() > maxParts) {
                throw request("text: it needs " + encoded.partsOnAir() + " parts, allowed are " + maxParts + ".");
            }
        } catch (TextRefusedException e) {
            throw request("text: " + e.getMessage() + ".");
        }
    }

    private static UserDataHeader header(BinaryContent binary) {
        if (binary.getUdh() != null) {
            byte[] octets = octets(binary.getUdh());
            UserDataHeader.Parsed parsed = UserDataHeader.parse(octets);
            if (!parsed.wellFormed() || parsed.bodyOffset() != octets.length) {
                throw request("udh: it contradicts itself, its " + octets.length
                        + " octets must begin with their length (3GPP TS 23.040 9.2.3.24).");
            }
            return parsed.header();
        }
        range("destinationPort", binary.getDestinationPort(), 0, 65535);
        range("sourcePort", binary.getSourcePort(), 0, 65535);
        Integer destination = binary.getDestinationPort();
        Integer source = binary.getSourcePort();
        return destination == null && source == null
                ? UserDataHeader.NONE
                : new Ports(destination == null ? 0 : destination, source == null ? 0 : source).header();
    }

    private static void range(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw request(what + ": it is " + value + ", allowed are " + least + " to " + most + ".");
        }
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    private static InvalidSmsException request(String message) {
        return new InvalidSmsException(FailureCode.REQUEST, message);
    }

    private static InvalidSmsException badSender(String message) {
        return new InvalidSmsException(FailureCode.INVALID_SENDER, "from: " + message);
    }

    private static InvalidSmsException expired(String message) {
        return new InvalidSmsException(FailureCode.EXPIRED, "validUntil: " + message);
    }
}
