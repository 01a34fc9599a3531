package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.MessageState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one part stands, of all its submissions: any DELIVERED wins; while one is open the others' failures decide nothing.
 *
 * @param state null when nothing was submitted
 * @param done whether nothing further is expected
 * @param guessed whether that is our word, not a provider's
 * @param providerMessageId of the submission that decides
 * @param failure why it did not arrive
 * @param shown whether a provider had anything to do with it
 */
record PartView(
        @Nullable MessageState state,
        boolean done,
        boolean guessed,
        @Nullable String providerMessageId,
        @Nullable Failure failure,
        boolean shown) {

    static PartView of(List<Submission> submissions) {
        Submission delivered = null;
        Submission open = null;
        Submission accepted = null;
        Submission failed = null;
        Submission uncertain = null;
        boolean shown = false;
        for (Submission one : submissions) {
            shown |= one.provider() != null;
            if (one.state() == MessageState.DELIVERED) {
                delivered = delivered == null ? one : delivered;
            } else if (one.open()) {
                open = one;
            } else if (one.state() == MessageState.ACCEPTED) {
                accepted = one;
            } else if (one.failed()) {
                failed = one;
            } else {
                uncertain = one;
            }
        }
        if (delivered != null) {
            return decided(delivered, true, false, shown);
        } else if (open != null) {
            return decided(open, false, false, shown);
        } else if (accepted != null) {
            return decided(accepted, true, true, shown);
        } else if (failed != null) {
            return decided(failed, true, uncertain != null, shown);
        }
        return uncertain == null
                ? new PartView(null, false, false, null, null, false)
                : decided(uncertain, false, false, shown);
    }

    private static PartView decided(Submission by, boolean done, boolean guessed, boolean shown) {
        return new PartView(by.state(), done, guessed, by.providerMessageId(), by.failure(), shown);
    }

    boolean failed() {
        return States.isEnd(state) && state != MessageState.DELIVERED;
    }
}
