package io.smspipeline.provider.http;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one of a provider's error codes means. Immutable.
 *
 * @param code as the provider writes it
 * @param failure our classification
 * @param pause how long to leave a message alone that met it; zero: the provider says, or the pacer decides
 * @param tries how often one message may meet it; 0: as often as its validity allows
 * @param meaning a few words
 */
public record ErrorRow(String code, FailureCode failure, Remedy remedy, Duration pause, int tries, String meaning) {
    /** What is said by a code that the provider's documentation does not have: it may pass, and is not tried for long. */
    public static ErrorRow undocumented(String code) {
        return new ErrorRow(
                code, FailureCode.GENERIC, Remedy.LATER, Duration.ofSeconds(10), 3, "a code that is not documented");
    }

    /**
     * The refusal it is.
     *
     * @param provider who says so, as in {@code us}
     * @param words the provider's own; null when it gave none
     * @param asked how long the provider asked to wait
     */
    public Verdict.Refused refusal(String provider, @Nullable String words, Duration asked) {
        return new Verdict.Refused(failure(provider, words), remedy, asked.compareTo(pause) > 0 ? asked : pause, tries);
    }

    /** The failure it is, also where a receipt tells it. */
    public Failure failure(String provider, @Nullable String words) {
        return new Failure(
                failure,
                provider + " refused it with " + code + ": " + meaning,
                code,
                words == null || words.isBlank() ? null : words.substring(0, Math.min(500, words.length())),
                remedy == Remedy.NEVER);
    }
}
