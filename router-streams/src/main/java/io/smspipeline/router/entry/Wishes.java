package io.smspipeline.router.entry;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.schemas.optout.OptOutKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who wants nothing from whom, as far as is known. */
@FunctionalInterface
public interface Wishes {
    /** Of nobody anything is on record. */
    Wishes NONE = key -> null;

    /** The last word about one handset and one sender, or all; null when there is none. */
    @Nullable
    OptOut lastWord(OptOutKey key);

    /**
     * Why nothing may be sent from a sender to a handset; empty when it may. What an operator or a provider said of every sender
     * stands above all, what the handset said of this sender above what it said of every one.
     *
     * @param to number in E.164
     * @param from sender id; null when it is not known
     */
    default Optional<Failure> refusal(String to, @Nullable String from) {
        OptOut ofAll = lastWord(OptOutKey.ofEverybody(to));
        boolean all = ofAll != null && ofAll.getOptedOut();
        if (ofAll != null && all && ofAll.getOrigin() != OptOutOrigin.KEYWORD) {
            return Optional.of(failure(ofAll));
        }
        OptOut ofOne = from == null ? null : lastWord(OptOutKey.of(to, from));
        if (ofOne != null) {
            return ofOne.getOptedOut() ? Optional.of(failure(ofOne)) : Optional.empty();
        }
        return ofAll != null && all ? Optional.of(failure(ofAll)) : Optional.empty();
    }

    private static Failure failure(OptOut said) {
        String who = switch (said.getOrigin()) {
            case KEYWORD -> "the recipient said " + said.getReason();
            case PROVIDER -> "a provider refused the recipient for it (" + said.getReason() + ")";
            case OPERATOR -> "it was entered by " + said.getReason();
            case UNKNOWN -> "it is on record";
        };
        String whom = said.getSender().equals(OptOutKey.EVERYBODY) ? "every sender" : "sender " + said.getSender();
        return new Failure(
                FailureCode.OPTED_OUT, "opted out from " + whom + ": " + who + " at " + said.getAt(), null, null, true);
    }
}
