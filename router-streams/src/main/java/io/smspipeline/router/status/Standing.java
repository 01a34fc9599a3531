package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.MessageState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a message stands, of all its parts: DELIVERED when all are, failed as soon as one is, ACCEPTED when all are taken.
 *
 * @param parts in order, from part 1
 * @param state null when nothing was submitted
 * @param finished whether nothing further is expected
 * @param guessed whether that is our word, not a provider's
 * @param failure why it did not arrive
 */
record Standing(
        List<PartView> parts,
        @Nullable MessageState state,
        boolean finished,
        boolean guessed,
        @Nullable Failure failure) {

    static Standing of(MessageRecord record) {
        List<PartView> parts = new ArrayList<>(record.parts());
        boolean taken = true;
        boolean done = true;
        boolean delivered = true;
        boolean uncertain = false;
        PartView failed = null;
        for (int number = 1; number <= record.parts(); number++) {
            PartView part = PartView.of(record.parts() == 1 ? record.submissions() : record.ofPart(number));
            parts.add(part);
            failed = failed == null && part.failed() ? part : failed;
            taken &= States.rank(part.state()) >= States.rank(MessageState.ACCEPTED);
            done &= part.done();
            delivered &= part.state() == MessageState.DELIVERED;
            uncertain |= part.state() == MessageState.UNCERTAIN;
        }
        if (failed != null) {
            return new Standing(parts, failed.state(), true, failed.guessed(), failed.failure());
        } else if (delivered) {
            return new Standing(parts, MessageState.DELIVERED, true, false, null);
        } else if (taken) {
            return new Standing(parts, MessageState.ACCEPTED, done, done, null);
        } else if (uncertain) {
            return new Standing(parts, MessageState.UNCERTAIN, false, false, null);
        }
        boolean begun = !record.submissions().isEmpty();
        return new Standing(parts, begun ? MessageState.ROUTED : null, false, false, null);
    }
}
