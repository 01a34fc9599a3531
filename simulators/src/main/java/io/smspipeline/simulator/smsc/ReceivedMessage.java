package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.Tag;
import io.smspipeline.text.Concatenation;
import io.smspipeline.text.DecodedText;
import io.smspipeline.text.Sar;
import io.smspipeline.text.TextDecoder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A submit_sm the SMSC accepted.
 *
 * @param messageId as the submit_sm_resp gave it
 * @param systemId who sent it
 * @param session number of the session it came in, from 1 in the order of connecting
 * @param receivedAt when it was read
 * @param body as it came
 */
public record ReceivedMessage(String messageId, String systemId, int session, Instant receivedAt, MessageBody body) {
    public String source() {
        return body.source().value();
    }

    public String destination() {
        return body.destination().value();
    }

    /** short_message or message_payload, with a user data header when there is one; not to be written to. */
    public byte[] octets() {
        return body.content();
    }

    public int esmClass() {
        return body.esmClass();
    }

    public int dataCoding() {
        return body.dataCoding();
    }

    public int registeredDelivery() {
        return body.registeredDelivery();
    }

    /** As it came, empty when none was given. */
    public String validityPeriod() {
        return body.validityPeriod();
    }

    /** The content without header, and its characters; read anew at each call. */
    public DecodedText decoded() {
        return TextDecoder.GSM.decode(dataCoding(), octets(), (esmClass() & 0x40) != 0);
    }

    /** The characters of this part; null for 8-bit data. */
    public @Nullable String text() {
        return decoded().text();
    }

    /** Whether looking for a part number can be of any use; cheap. */
    boolean mayBePart() {
        return (esmClass() & 0x40) != 0 || body.hasTlvs();
    }

    /** Which part of a longer message this is, told by user data header or sar_* TLVs; null when it stands alone. */
    public @Nullable Sar part() {
        return partOf(decoded());
    }

    @Nullable
    Sar partOf(DecodedText decoded) {
        Concatenation told = decoded.header().concatenation().orElse(null);
        if (told != null) {
            return new Sar(told.reference(), told.total(), told.number());
        }
        int total = body.number(Tag.SAR_TOTAL_SEGMENTS);
        return total < 1 ? null : new Sar(body.number(Tag.SAR_MSG_REF_NUM), total, body.number(Tag.SAR_SEGMENT_SEQNUM));
    }
}
