package io.smspipeline.provider.smpp.submit;

import io.smspipeline.provider.Submission;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.StatusReport;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Sar;
import io.smspipeline.text.Segment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUComposer;
import org.jspecify.annotations.Nullable;

/** Writes submit_sm (SMPP 3.4 §4.4.1). Safe for use by many threads. */
public final class SubmitComposer {
    private static final OptionalParameter[] NO_TLV = {};

    private final PDUComposer composer = new DefaultComposer();
    private final SubmitRules rules;
    private final Clock clock;
    private volatile @Nullable Written lastValidity;

    public SubmitComposer(SubmitRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * The PDU of one part.
     *
     * @param validity what remains of it, positive
     * @throws PDUStringException when a field is longer than SMPP allows
     */
    public byte[] compose(int sequence, Submission submission, Duration validity) throws PDUStringException {
        OutgoingMessage message = submission.message();
        Address from = rules.sender(submission.from()).orElse(Address.NONE);
        Address to = rules.recipient(message.getTo())
                .orElseThrow(() -> new IllegalArgumentException(
                        "message " + message.getId() + " has no recipient in E.164 and should not be planned"));
        EncodedText encoded = Objects.requireNonNull(submission.encoded(), "SMPP submissions are encoded");
        Segment segment = Objects.requireNonNull(submission.segment());
        return composer.submitSm(
                sequence,
                rules.serviceType(),
                (byte) from.ton(),
                (byte) from.npi(),
                from.text(),
                (byte) to.ton(),
                (byte) to.npi(),
                to.text(),
                (byte) segment.esmClass(),
                protocolId(message),
                priority(message.getPriority()),
                null,
                validityPeriod(validity),
                registeredDelivery(message.getStatusReport()),
                (byte) 0,
                dataCoding(message, encoded),
                (byte) 0,
                segment.shortMessage(),
                tlvs(segment));
    }

    /** Messages submitted one after the other mostly have as many seconds left: the text is made once for them. */
    private String validityPeriod(Duration validity) {
        if (rules.validity() == ValidityFormat.ABSOLUTE) {
            return rules.validity().write(validity, clock.instant());
        }
        Written last = lastValidity;
        if (last == null || last.seconds() != validity.getSeconds()) {
            last = new Written(validity.getSeconds(), rules.validity().write(validity, Instant.EPOCH));
            lastValidity = last;
        }
        return last.text();
    }

    private record Written(long seconds, String text) {}

    private static byte protocolId(OutgoingMessage message) {
        return message.getProtocolId() == null ? 0 : message.getProtocolId().byteValue();
    }

    /** GSM: 0 normal, 1 to 3 priority (SMPP 3.4 §5.2.14). */
    private static byte priority(Priority priority) {
        return (byte) (priority == Priority.HIGH ? 1 : 0);
    }

    /** SMPP 3.4 §5.2.17. */
    private static byte registeredDelivery(StatusReport report) {
        return switch (report) {
            case NONE -> 0x00;
            case FAILURES -> 0x02;
            case FINAL -> 0x01;
            case ALL -> 0x11;
        };
    }

    private static byte dataCoding(OutgoingMessage message, EncodedText encoded) {
        return (byte)
                (message.getMessageClass() == null
                        ? encoded.dataCoding()
                        : encoded.encoding().dataCoding(message.getMessageClass() & 3));
    }

    private static OptionalParameter[] tlvs(Segment segment) {
        Sar sar = segment.sar();
        if (sar != null) {
            return new OptionalParameter[] {
                new OptionalParameter.Sar_msg_ref_num((short) sar.reference()),
                new OptionalParameter.Sar_total_segments((byte) sar.total()),
                new OptionalParameter.Sar_segment_seqnum((byte) sar.number())
            };
        }
        byte[] payload = segment.messagePayload();
        return payload == null ? NO_TLV : new OptionalParameter[] {new OptionalParameter.Message_payload(payload)};
    }
}
