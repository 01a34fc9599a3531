package io.smspipeline.provider.smpp.submit;

import io.smspipeline.settings.Section;
import java.util.Optional;

/**
 * What an account wants of every submit_sm. Immutable.
 *
 * @param from default sender; empty lets the SMSC choose
 * @param texts how texts are written
 * @param fields the other fields
 * @param source TON and NPI that the account demands for senders
 * @param destination the same for recipients
 * @param tlvs whether the interface version has any
 */
public record SubmitRules(
        String from, TextRules texts, SubmitFields fields, Numbering source, Numbering destination, boolean tlvs) {

    /** Reads the keys of a provider that are about submit_sm. Faults are recorded. @param tlvs whether the interface version has any */
    public static SubmitRules read(Section s, boolean tlvs) {
        return new SubmitRules(
                s.text("from")
                        .matching(
                                from -> Address.ofSender(from).isPresent(),
                                "a number, a short code of 3 to 8 digits, or at most 11 ASCII characters of the GSM alphabet")
                        .orElse(""),
                TextRules.read(s, tlvs),
                SubmitFields.read(s, tlvs),
                Numbering.ofSenders(s),
                Numbering.ofRecipients(s),
                tlvs);
    }

    /** A sender id as the account wants it; empty when it is none. */
    public Optional<Address> sender(String from) {
        return Address.ofSender(from).map(source::applied);
    }

    /** A handset as the account wants it; empty when it is no number in E.164. */
    public Optional<Address> recipient(String to) {
        return Address.ofRecipient(to).map(destination::applied);
    }

    /** How {@code validity_period} is written. */
    public ValidityFormat validity() {
        return fields.validity();
    }
}
