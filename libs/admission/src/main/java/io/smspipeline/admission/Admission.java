package io.smspipeline.admission;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
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
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a message could never be carried, today or later, by anybody. Looks at the message alone: neither at a clock nor at
 * what is configured. Stateless; safe for use by many threads.
 */
public final class Admission {
    /** Longest id, in characters: it is a key in many topics. */
    public static final int LONGEST_ID = 64;

    private static final int LONGEST_REFERENCE = 255;

    /** Septets of an alphanumeric sender, 3GPP TS 23.040 9.1.2.5: 10 octets of 7-bit characters. */
    private static final int LONGEST_NAME = 11;

    /** Digits of a number, ITU-T E.164 6.2.1. */
    private static final int LONGEST_NUMBER = 15;

    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Admission() {}

    /** The failure it would end with, its reason naming the field; empty when it may be published. */
    public static Optional<Failure> refusal(OutgoingMessage message) {
        Failure failure = recipient(message.getTo());
        if (failure == null) {
            failure = unfit(message).orElse(null);
        }
        return Optional.ofNullable(failure == null ? times(message) : failure);
    }

    /** As {@link #refusal}, for who judges recipient and times by itself, as routing does. */
    public static Optional<Failure> unfit(OutgoingMessage message) {
        Failure failure = identity(message.getId());
        if (failure == null) {
            failure = sender(message.getFrom());
        }
        if (failure == null) {
            failure = options(message);
        }
        return Optional.ofNullable(failure == null ? content(message) : failure);
    }

    private static @Nullable Failure recipient(String to) {
        return Msisdn.parse(to) instanceof Msisdn.Invalid invalid
                ? failure(FailureCode.INVALID_RECIPIENT, "to: " + invalid.reason())
                : null;
    }

    private static @Nullable Failure identity(String id) {
        return id.isEmpty() || id.length() > LONGEST_ID
                ? request("id: it has " + id.length() + " characters, allowed are 1 to " + LONGEST_ID
                        + "; a UUIDv7 is usual")
                : null;
    }

    private static @Nullable Failure sender(@Nullable String from) {
        if (from == null) {
            return null;
        }
        if (from.isBlank()) {
            return badSender("it is empty; leave it out to send from the provider's default");
        }
        if (DIGITS.matcher(from).matches()) {
            int digits = from.startsWith("+") ? from.length() - 1 : from.length();
            return digits > LONGEST_NUMBER
                    ? badSender("it has " + digits + " digits, a number has at most " + LONGEST_NUMBER)
                    : null;
        }
        if (CONTROL.matcher(from).find()) {
            return badSender("it contains a control character");
        }
        try {
            int septets = TextEncoder.encode(from, EncodingChoice.GSM7, Segmentation.UDH8, 0)
                    .units();
            return septets > LONGEST_NAME
                    ? badSender("it takes " + septets + " septets, a name has at most " + LONGEST_NAME
                            + "; shorten it, or send from a number")
                    : null;
        } catch (TextRefusedException e) {
            return badSender("it has characters outside GSM 03.38: " + e.getMessage());
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
                ? request("clientReference: it has " + reference.length() + " characters, allowed are at most "
                        + LONGEST_REFERENCE)
                : null;
    }

    /** Only against the message's own times: whether they have passed is for the pipeline's clock to say. */
    private static @Nullable Failure times(OutgoingMessage message) {
        Instant validUntil = message.getValidUntil();
        if (validUntil == null) {
            return null;
        }
        if (!validUntil.isAfter(message.getCreatedAt())) {
            return expired("it is not after createdAt, when the message was made");
        }
        Instant sendAt = message.getSendAt();
        return sendAt != null && !validUntil.isAfter(sendAt)
                ? expired("it is not after sendAt, so the message would never be sent")
                : null;
    }

    private static @Nullable Failure content(OutgoingMessage message) {
        int maxParts = message.getMaxParts() == null ? TextEncoder.MAX_PARTS : message.getMaxParts();
        try {
            return message.getContent() instanceof TextContent text
                    ? text(message, text.getText(), maxParts)
                    : binary((BinaryContent) message.getContent(), maxParts);
        } catch (TextRefusedException e) {
            return request("content: " + e.getMessage());
        }
    }

    private static @Nullable Failure text(OutgoingMessage message, String text, int maxParts) {
        if (text.isEmpty()) {
            return request("text: it is empty, there is nothing to send");
        }
        EncodingChoice choice = EncodingChoice.valueOf(message.getEncoding().name());
        return tooMany(TextEncoder.encode(text, choice, Segmentation.UDH8, 0, UserDataHeader.NONE, maxParts), maxParts);
    }

    private static @Nullable Failure binary(BinaryContent binary, int maxParts) {
        byte[] data = octets(binary.getData());
        if (data.length == 0) {
            return request("binary: it is empty, there is nothing to send");
        }
        Failure outOfRange = range("destinationPort", binary.getDestinationPort(), 0, 65_535);
        if (outOfRange == null) {
            outOfRange = range("sourcePort", binary.getSourcePort(), 0, 65_535);
        }
        if (outOfRange != null) {
            return outOfRange;
        }
        UserDataHeader header = UserDataHeader.NONE;
        if (binary.getUdh() != null) {
            byte[] octets = octets(binary.getUdh());
            UserDataHeader.Parsed parsed = UserDataHeader.parse(octets);
            if (!parsed.wellFormed() || parsed.bodyOffset() != octets.length) {
                return request("udh: it contradicts itself, its " + octets.length
                        + " octets must begin with their length (3GPP TS 23.040 9.2.3.24)");
            }
            header = parsed.header();
        } else if (binary.getDestinationPort() != null || binary.getSourcePort() != null) {
            header = new Ports(orZero(binary.getDestinationPort()), orZero(binary.getSourcePort())).header();
        }
        return tooMany(TextEncoder.encodeBinary(data, Segmentation.UDH8, 0, header, maxParts), maxParts);
    }

    private static @Nullable Failure tooMany(EncodedText encoded, int maxParts) {
        return encoded.partsOnAir() > maxParts
                ? request("content: it needs " + encoded.partsOnAir() + " parts, allowed are " + maxParts)
                : null;
    }

    private static @Nullable Failure range(String what, @Nullable Integer value, int least, int most) {
        return value != null && (value < least || value > most)
                ? request(what + ": it is " + value + ", allowed are " + least + " to " + most)
                : null;
    }

    private static int orZero(@Nullable Integer port) {
        return port == null ? 0 : port;
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    private static Failure request(String reason) {
        return failure(FailureCode.REQUEST, reason);
    }

    private static Failure badSender(String reason) {
        return failure(FailureCode.INVALID_SENDER, "from: " + reason);
    }

    private static Failure expired(String reason) {
        return failure(FailureCode.EXPIRED, "validUntil: " + reason);
    }

    private static Failure failure(FailureCode code, String reason) {
        return Failure.newBuilder().setCode(code).setReason(reason).build();
    }
}
