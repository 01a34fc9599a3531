package io.smspipeline.provider.smpp.submit;

import io.smspipeline.provider.Submission;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.text.EncodedText;
import io.smspipeline.text.Sar;
import io.smspipeline.text.Segment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        SubmitFields fields = rules.fields();
        MessageParams params = MessageParams.of(message);
        int partsOnAir = submission.count() == 1 ? submission.parts() : submission.count();
        return composer.submitSm(
                sequence,
                fields.serviceType(params),
                (byte) from.ton(),
                (byte) from.npi(),
                from.text(),
                (byte) to.ton(),
                (byte) to.npi(),
                to.text(),
                (byte) segment.esmClass(),
                (byte) fields.protocolId(message),
                (byte) fields.priority(message),
                null,
                validityPeriod(validity),
                (byte) fields.registeredDelivery(message),
                (byte) (fields.replacesIfPresent(params, partsOnAir) ? 1 : 0),
                (byte) fields.codings().of(encoded.encoding(), messageClass(message)),
                (byte) 0,
                segment.shortMessage(),
                tlvs(segment, message, params));
    }

    private static @Nullable Integer messageClass(OutgoingMessage message) {
        return message.getMessageClass() == null ? null : message.getMessageClass() & 3;
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

    private OptionalParameter[] tlvs(Segment segment, OutgoingMessage message, MessageParams params) {
        Sar sar = segment.sar();
        byte[] payload = segment.messagePayload();
        int subunit = rules.fields().codings().subunit(messageClass(message));
        List<VendorTlv> own = rules.fields().tlvs();
        if (sar == null
                && payload == null
                && subunit == 0
                && own.isEmpty()
                && params.tlvs().isEmpty()) {
            return NO_TLV;
        }
        List<OptionalParameter> all = new ArrayList<>();
        if (sar != null) {
            all.add(new OptionalParameter.Sar_msg_ref_num((short) sar.reference()));
            all.add(new OptionalParameter.Sar_total_segments((byte) sar.total()));
            all.add(new OptionalParameter.Sar_segment_seqnum((byte) sar.number()));
        }
        if (payload != null) {
            all.add(new OptionalParameter.Message_payload(payload));
        }
        if (subunit > 0) {
            all.add(new OptionalParameter.Dest_addr_subunit((byte) subunit));
        }
        Map<Integer, VendorTlv> wanted = new LinkedHashMap<>();
        own.forEach(tlv -> wanted.put(tlv.tag(), tlv));
        params.tlvs().forEach(tlv -> wanted.put(tlv.tag(), tlv));
        for (VendorTlv tlv : wanted.values()) {
            OptionalParameter parameter = tlv.of(message);
            if (parameter != null) {
                all.add(parameter);
            }
        }
        return all.toArray(NO_TLV);
    }
}
