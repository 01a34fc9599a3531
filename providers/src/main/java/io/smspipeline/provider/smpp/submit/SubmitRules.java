package io.smspipeline.provider.smpp.submit;

import io.smspipeline.text.Segmentation;
import java.util.Optional;

/**
 * What an account wants of every submit_sm.
 *
 * @param from default sender; empty lets the SMSC choose
 * @param serviceType {@code service_type}, at most 5 characters; mostly empty
 * @param segmentation how long messages are told to be one
 * @param maxParts for messages that name no limit of their own, 1..255
 * @param validity how validity_period is written
 * @param source TON and NPI that the account demands for senders
 * @param destination the same for recipients
 */
public record SubmitRules(
        String from,
        String serviceType,
        Segmentation segmentation,
        int maxParts,
        ValidityFormat validity,
        Numbering source,
        Numbering destination) {

    /** A sender id as the account wants it; empty when it is none. */
    public Optional<Address> sender(String from) {
        return Address.ofSender(from).map(source::applied);
    }

    /** A handset as the account wants it; empty when it is no number in E.164. */
    public Optional<Address> recipient(String to) {
        return Address.ofRecipient(to).map(destination::applied);
    }

    /** TON and NPI as demanded; -1 each for what follows from the address. */
    public record Numbering(int ton, int npi) {
        /** Both follow from the address. */
        public static final Numbering DERIVED = new Numbering(-1, -1);

        Address applied(Address address) {
            return address.numbered(ton, npi);
        }
    }
}
