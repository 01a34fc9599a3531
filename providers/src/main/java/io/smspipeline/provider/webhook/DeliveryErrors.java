package io.smspipeline.provider.webhook;

import io.smspipeline.provider.Finality;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.ReceiptState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's error codes mean when they come with a final state. Immutable.
 *
 * @param meanings by the code as the provider writes it
 */
public record DeliveryErrors(Map<String, Meaning> meanings) {
    /** Nothing is known about the codes. */
    public static final DeliveryErrors NONE = new DeliveryErrors(Map.of());

    /** At most so much of a provider's own words is kept. */
    private static final int LONGEST_TEXT = 500;

    /** Copies, so that it cannot change. */
    public DeliveryErrors {
        meanings = Map.copyOf(meanings);
    }

    /**
     * @param permanent whether the same message would fail again
     * @param text half a sentence for a person
     */
    public record Meaning(FailureCode code, boolean permanent, String text) {
        /** The same message would fail again. */
        public static Meaning forGood(FailureCode code, String text) {
            return new Meaning(code, true, text);
        }

        /** The same message may arrive another time. */
        public static Meaning thisTime(FailureCode code, String text) {
            return new Meaning(code, false, text);
        }
    }

    /**
     * Why a message was not delivered.
     *
     * @param code the provider's own code; null when it gave none
     * @param said its own words; null when it gave none
     * @return null when the state is delivered or not final
     */
    public @Nullable Failure failure(String alias, ReceiptState state, @Nullable String code, @Nullable String said) {
        if (!Finality.of(state) || state == ReceiptState.DELIVERED) {
            return null;
        }
        String text = said == null || said.length() <= LONGEST_TEXT ? said : said.substring(0, LONGEST_TEXT);
        String reason = alias + " reports " + state + (code == null ? "" : " with its own error code " + code);
        Meaning meaning = code == null ? null : meanings.get(code);
        if (meaning == null) {
            FailureCode ours = state == ReceiptState.EXPIRED ? FailureCode.EXPIRED : FailureCode.GENERIC;
            return new Failure(ours, reason, code, text, true);
        }
        return new Failure(meaning.code, reason + ": " + meaning.text, code, text, meaning.permanent);
    }
}
