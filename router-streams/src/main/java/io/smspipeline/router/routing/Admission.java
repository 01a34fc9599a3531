package io.smspipeline.router.routing;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.Ports;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import io.smspipeline.text.UserDataHeader;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a message must be like before anybody is asked to carry it. Its recipient is judged elsewhere, since it decides where
 * the message is judged. Stateless.
 */
final class Admission {
    /** Longest id: it is a key in many topics, and part of names. */
    static final int LONGEST_ID = 64;

    /** A digit string is a number or a short code: 3GPP TS 23.040 9.1.2.5 has at most 20, E.164 at most 15. */
    private static final Pattern NUMERIC = Pattern.compile("\\+?[0-9]{1,15}");

    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Septets of an alphanumeric sender, 3GPP TS 23.040 9.1.2.5: 10 octets of 7-bit characters. */
    private static final int LONGEST_NAME = 11;

    private static final int LONGEST_REFERENCE = 255;

    private Admission() {}

    /** Why the message cannot be carried by anybody, today or later; null when it can. */
    static @Nullable Failure refusal(OutgoingMessage message) {
        Failure identity = identity(message.getId());
        if (identity != null) {
            return identity;
        }
        Failure sender = sender(message.getFrom());
        if (sender != null) {
            return sender;
        }
        Failure option = options(message);
        return option != null ? option : content(message);
    }

    private static @Nullable Failure identity(String id) {
        if (id.isEmpty()) {
            return request("the message has no id: give each message one, such as a UUIDv7");
        }
        if (id.length() > LONGEST_ID) {
            return request("the id has " + id.length() + " characters: at most " + LONGEST_ID + " are allowed");
        }
        return null;
    }

    private static @Nullable Failure sender(@Nullable String from) {
        if (from == null || NUMERIC.matcher(from).matches()) {
            return null;
        }
        if (from.isBlank()) {
            return invalidSender("the sender is empty: leave it out to send from the provider's default");
        }
        if (DIGITS.matcher(from).matches()) {
            return invalidSender("the sender has " + from.length() + " digits: a number has at most 15");
        }
        if (CONTROL.matcher(from).find()) {
            return invalidSender("the sender contains a control character");
        }
        try {
            int septets = TextEncoder.encode(from, EncodingChoice.GSM7, Segmentation.UDH8, 0)
                    .units();
            return septets <= LONGEST_NAME
                    ? null
                    : invalidSender("the sender takes " + septets + " septets: a name has at most " + LONGEST_NAME);
        } catch (TextRefusedException e) {
            return invalidSender("the sender contains characters outside GSM 03.38: " + e.getMessage());
        }
    }

    private static @Nullable Failure options(OutgoingMessage message) {
        Failure messageClass = range("messageClass", message.getMessageClass(), 0, 3);
        if (messageClass != null) {
            return messageClass;
        }
        Failure protocolId = range("protocolId", message.getProtocolId(), 0, 255);
        if (protocolId != null) {
            return protocolId;
        }
        Failure maxParts = range("maxParts", message.getMaxParts(), 1, TextEncoder.MAX_PARTS);
        if (maxParts != null) {
            return maxParts;
        }
        String reference = message.getClientReference();
        return reference != null && reference.length() > LONGEST_REFERENCE
                ? request("clientReference has " + reference.length() + " characters: at most " + LONGEST_REFERENCE
                        + " are allowed")
                : null;
    }

    private static @Nullable Failure range(String what, @Nullable Integer value, int least, int most) {
        return value == null || (value >= least && value <= most)
                ? null
                : request(what + " is " + value + ": it is " + least + " to " + most);
    }

    private static @Nullable Failure content(OutgoingMessage message) {
        Integer asked = message.getMaxParts();
        int maxParts = asked == null ? TextEncoder.MAX_PARTS : asked;
        try {
            if (message.getContent() instanceof TextContent text) {
                return text(
                        text.getText(),
                        EncodingChoice.valueOf(message.getEncoding().name()),
                        maxParts);
            }
            return binary((BinaryContent) message.getContent(), maxParts);
        } catch (TextRefusedException e) {
            return request(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Failure text(String text, EncodingChoice encoding, int maxParts) {
        if (text.isEmpty()) {
            return request("the text is empty: there is nothing to send");
        }
        EncodedText encoded = TextEncoder.encode(text, encoding, Segmentation.UDH8, 0, UserDataHeader.NONE, maxParts);
        return tooMany(encoded, maxParts);
    }

    private static @Nullable Failure binary(BinaryContent binary, int maxParts) {
        byte[] data = octets(binary.getData());
        if (data.length == 0) {
            return request("the binary content is empty: there is nothing to send");
        }
        UserDataHeader header = UserDataHeader.NONE;
        Integer destination = binary.getDestinationPort();
        Integer source = binary.getSourcePort();
        if (destination != null || source != null) {
            Failure outOfRange = range("destinationPort", destination, 0, 65535);
            outOfRange = outOfRange != null ? outOfRange : range("sourcePort", source, 0, 65535);
            if (outOfRange != null) {
                return outOfRange;
            }
            header = new Ports(destination == null ? 0 : destination, source == null ? 0 : source).header();
        }
        if (binary.getUdh() != null) {
            byte[] udh = octets(binary.getUdh());
            UserDataHeader.Parsed parsed = UserDataHeader.parse(udh);
            if (!parsed.wellFormed() || parsed.bodyOffset() != udh.length) {
                return request("the user data header contradicts itself: its " + udh.length
                        + " octets must begin with their length (3GPP TS 23.040 9.2.3.24)");
            }
            header = parsed.header();
        }
        return tooMany(TextEncoder.encodeBinary(data, Segmentation.UDH8, 0, header, maxParts), maxParts);
    }

    private static @Nullable Failure tooMany(EncodedText encoded, int maxParts) {
        return encoded.partsOnAir() <= maxParts
                ? null
                : request("the message needs " + encoded.partsOnAir() + " parts and at most " + maxParts
                        + " are allowed");
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    private static Failure request(String reason) {
        return new Failure(FailureCode.REQUEST, reason, null, null, true);
    }

    private static Failure invalidSender(String reason) {
        return new Failure(FailureCode.INVALID_SENDER, reason, null, null, true);
    }
}
