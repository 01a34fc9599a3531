package io.smspipeline.schemas.providerid;

import java.util.Locale;
import java.util.Optional;

/** How a provider writes one id in its answer to a submission and in receipts. Practice of SMSCs; SMPP 3.4 has only SAME. */
public enum IdRule {
    /** Equal but for case and leading zeros. */
    SAME,
    /** Hexadecimal in the answer, decimal in receipts. */
    HEX_SUBMIT_DECIMAL_RECEIPT,
    /** Decimal in the answer, hexadecimal in receipts. */
    DECIMAL_SUBMIT_HEX_RECEIPT,
    /** Any of the others: what is accepted is found under each form its id can have. */
    AUTO;

    /** As it stands behind {@code message-id-format}. */
    public String setting() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads a rule as people write it: in any case, with dashes or underscores, {@code dec} for {@code decimal}. */
    public static Optional<IdRule> parse(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (IdRule rule : values()) {
            if (rule.name().equals(name)
                    || rule.name().replace("DECIMAL", "DEC").equals(name)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
