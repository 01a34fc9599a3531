package io.smspipeline.provider.smpp.held;

import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.smpp.submit.Address;
import io.smspipeline.provider.smpp.submit.SubmitRules;
import java.time.Clock;
import java.time.Duration;
import org.jsmpp.PDUStringException;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUComposer;

/**
 * Writes query_sm, cancel_sm and replace_sm (SMPP 3.4 §4.8 to §4.10). The SMSC finds a message by its id and its source address
 * together, so that is written exactly as it was in submit_sm. Safe for use by many threads.
 */
final class HeldComposer {
    /** A receipt for the final state: without one the message would never end. */
    private static final byte FINAL_STATE = 0x01;

    private final PDUComposer composer = new DefaultComposer();
    private final SubmitRules rules;
    private final Clock clock;

    HeldComposer(SubmitRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    byte[] query(int sequence, HeldMessage message) throws PDUStringException {
        Address from = source(message);
        return composer.querySm(
                sequence, message.providerMessageId(), (byte) from.ton(), (byte) from.npi(), from.text());
    }

    /** service_type stays empty: with one, SMSCs cancel every message of that service. */
    byte[] cancel(int sequence, HeldMessage message) throws PDUStringException {
        Address from = source(message);
        Address to = rules.recipient(message.to()).orElse(Address.NONE);
        return composer.cancelSm(
                sequence,
                "",
                message.providerMessageId(),
                (byte) from.ton(),
                (byte) from.npi(),
                from.text(),
                (byte) to.ton(),
                (byte) to.npi(),
                to.text());
    }

    /** @param shortMessage in the alphabet of the message as it was submitted: replace_sm has no data_coding */
    byte[] replace(int sequence, HeldMessage message, byte[] shortMessage, Duration validity)
            throws PDUStringException {
        Address from = source(message);
        return composer.replaceSm(
                sequence,
                message.providerMessageId(),
                (byte) from.ton(),
                (byte) from.npi(),
                from.text(),
                null,
                rules.validity().write(validity, clock.instant()),
                FINAL_STATE,
                (byte) 0,
                shortMessage);
    }

    private Address source(HeldMessage message) {
        return rules.sender(message.from()).orElse(Address.NONE);
    }
}
