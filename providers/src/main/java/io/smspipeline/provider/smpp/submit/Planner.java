package io.smspipeline.provider.smpp.submit;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.smpp.submit.MessageParams.UnusableParamException;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Ports;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.TextRefusedException;
import io.smspipeline.text.TooManyPartsException;
import io.smspipeline.text.UnencodableTextException;
import io.smspipeline.text.UserDataHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a message. The same message gives the same plan. Safe for use by many threads. */
public final class Planner {
    private final SubmitRules rules;
    private final References references = new References();

    public Planner(SubmitRules rules) {
        this.rules = rules;
    }

    /** One submission a part, or one for the whole where {@code message_payload} carries it. */
    public Plan plan(OutgoingMessage message) {
        String asked = message.getFrom() == null ? rules.from() : message.getFrom();
        Optional<Address> sender = Address.ofSender(asked);
        if (sender.isEmpty()) {
            return unfit(
                    FailureCode.INVALID_SENDER,
                    "the sender is neither a number, nor a short code of 3 to 8 digits, nor at most 11 ASCII characters"
                            + " of the GSM alphabet: give one of these.");
        }
        if (Address.ofRecipient(message.getTo()).isEmpty()) {
            return unfit(
                    FailureCode.INVALID_RECIPIENT,
                    "the recipient is no number in E.164: give a plus sign and 7 to 15 digits.");
        }
        if (isEmpty(message)) {
            return unfit(FailureCode.REQUEST, "the message has no content: there is nothing to send.");
        }
        try {
            MessageParams params = MessageParams.of(message);
            if (!params.tlvs().isEmpty() && !rules.tlvs()) {
                return unfit(
                        FailureCode.UNSUPPORTED,
                        "the message asks for TLVs, which SMPP 3.3 does not have: leave the tlv parameters out, or send it"
                                + " another way.");
            }
            String from = sender.get().written();
            return submissions(message, from, encode(message, params, from));
        } catch (TooManyPartsException e) {
            boolean ownLimit = message.getMaxParts() != null || e.allowed() == TextEncoder.MAX_PARTS;
            return unfit(ownLimit ? FailureCode.REQUEST : FailureCode.UNSUPPORTED, e.getMessage());
        } catch (UnencodableTextException e) {
            return unfit(FailureCode.UNSUPPORTED, e.getMessage());
        } catch (TextRefusedException | UnusableParamException e) {
            return unfit(FailureCode.REQUEST, e.getMessage());
        }
    }

    private static boolean isEmpty(OutgoingMessage message) {
        return message.getContent() instanceof TextContent text
                ? text.getText().isEmpty()
                : !((BinaryContent) message.getContent()).getData().hasRemaining();
    }

    private static Plan submissions(OutgoingMessage message, String from, EncodedText encoded) {
        int count = encoded.segments().size();
        if (count == 1) {
            return new Plan.Submissions(List.of(new Submission(message, from, 1, 1, encoded.partsOnAir(), encoded)));
        }
        List<Submission> parts = new ArrayList<>(count);
        for (int number = 1; number <= count; number++) {
            parts.add(new Submission(message, from, number, count, 1, encoded));
        }
        return new Plan.Submissions(parts);
    }

    private EncodedText encode(OutgoingMessage message, MessageParams params, String from) {
        int preferred = References.preferred(message.getId());
        EncodedText encoded = encode(message, params, preferred);
        if (encoded.segments().size() == 1) {
            return encoded;
        }
        int reference = references.of(message.getId(), from, message.getTo());
        return reference == preferred ? encoded : encode(message, params, reference);
    }

    private EncodedText encode(OutgoingMessage message, MessageParams params, int reference) {
        int maxParts = message.getMaxParts() == null
                ? rules.texts().maxParts()
                : Math.max(1, Math.min(TextEncoder.MAX_PARTS, message.getMaxParts()));
        if (message.getContent() instanceof TextContent text) {
            return TextEncoder.encode(
                    text.getText(),
                    rules.texts().encoding(message, params),
                    rules.texts().segmentation(),
                    reference,
                    UserDataHeader.NONE,
                    maxParts);
        }
        BinaryContent binary = (BinaryContent) message.getContent();
        return TextEncoder.encodeBinary(
                octets(binary.getData()), rules.texts().segmentation(), reference, header(binary), maxParts);
    }

    private static UserDataHeader header(BinaryContent binary) {
        if (binary.getUdh() != null && binary.getUdh().hasRemaining()) {
            return UserDataHeader.parse(octets(binary.getUdh())).header();
        }
        if (binary.getDestinationPort() == null && binary.getSourcePort() == null) {
            return UserDataHeader.NONE;
        }
        return new Ports(port(binary.getDestinationPort()), port(binary.getSourcePort())).header();
    }

    private static int port(@Nullable Integer port) {
        return port == null ? 0 : port & 0xFFFF;
    }

    private static byte[] octets(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.duplicate().get(octets);
        return octets;
    }

    private static Plan unfit(FailureCode code, @Nullable String reason) {
        return new Plan.Unfit(new Failure(code, String.valueOf(reason), null, null, true));
    }
}
