package io.smspipeline.provider.smpp.inbound;

import io.smspipeline.provider.Finality;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Section;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the error codes in an account's receipts mean. Every SMSC has its own: SMPP 3.4 appendix B only says that there are three
 * characters. Immutable.
 */
public final class ReceiptErrors {
    private final String alias;
    private final Map<String, Meaning> meanings;

    private ReceiptErrors(String alias, Map<String, Meaning> meanings) {
        this.alias = alias;
        this.meanings = Map.copyOf(meanings);
    }

    /**
     * @param permanent whether the same message would fail again
     * @param text half a sentence for a person; empty when there is none
     */
    private record Meaning(FailureCode code, boolean permanent, String text) {}

    /** Nothing is known about this account's codes. */
    public static ReceiptErrors none(String alias) {
        return new ReceiptErrors(alias, Map.of());
    }

    /**
     * Reads {@code {"001": {code: invalid-recipient, permanent: true, text: unknown subscriber}}}. Faults are recorded.
     *
     * @param alias of the account, for messages to people
     */
    public static ReceiptErrors read(String alias, Section s) {
        Map<String, Meaning> meanings = new HashMap<>();
        for (String key : s.keys()) {
            Section entry = s.section(key);
            meanings.put(
                    normalised(key),
                    new Meaning(
                            entry.choice("code", FailureCode.class).required(),
                            entry.flag("permanent").orElse(true),
                            entry.text("text").orElse("")));
        }
        return new ReceiptErrors(alias, meanings);
    }

    /** In lower case, and without the zeros that one SMSC writes before a code and the next leaves away. */
    private static String normalised(String err) {
        String text = err.strip().toLowerCase(Locale.ROOT);
        int zeros = 0;
        while (zeros < text.length() - 1 && text.charAt(zeros) == '0') {
            zeros++;
        }
        return text.substring(zeros);
    }

    /**
     * Why a message was not delivered.
     *
     * @param stat the state in the provider's own word; null when it gave none
     * @param err its error code; null when it gave none
     * @return null when the state is delivered or is not final
     */
    public @Nullable Failure failure(ReceiptState state, @Nullable String stat, @Nullable String err) {
        if (!Finality.of(state) || state == ReceiptState.DELIVERED) {
            return null;
        }
        Meaning meaning = err == null ? null : meanings.get(normalised(err));
        String said = alias + " reports " + state + (err == null ? "" : " with its own error code " + err);
        String providerCode = err == null ? null : "err:" + err;
        if (meaning == null) {
            FailureCode code = state == ReceiptState.EXPIRED ? FailureCode.EXPIRED : FailureCode.GENERIC;
            return new Failure(code, said, providerCode, stat, true);
        }
        String reason = meaning.text().isEmpty() ? said : said + ": " + meaning.text();
        return new Failure(meaning.code(), reason, providerCode, stat, meaning.permanent());
    }
}
