package io.smspipeline.provider;

import io.smspipeline.record.Failure;
import java.util.List;

/** What a message means for one provider. */
public sealed interface Plan {
    /** It can be carried, by these submissions in this order; at least one. */
    record Submissions(List<Submission> all) implements Plan {
        /** Copies, so that a plan cannot change. */
        public Submissions {
            all = List.copyOf(all);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("a plan has at least one submission");
            }
        }
    }

    /** This provider can never carry it. */
    record Unfit(Failure failure) implements Plan {}
}
