package io.smspipeline.provider.http;

import io.smspipeline.record.Failure;
import java.time.Duration;
import java.util.List;

/** What an answer means for the message it answers. */
public sealed interface Verdict {
    /**
     * Taken.
     *
     * @param id the provider's id of it, as it wrote it; not empty
     * @param correlationIds each id under which a receipt may speak of it, the likeliest first; at least one
     */
    record Taken(String id, List<String> correlationIds) implements Verdict {
        /** Copies, so that it cannot change. */
        public Taken {
            correlationIds = List.copyOf(correlationIds);
        }

        /** One id. */
        public Taken(String id) {
            this(id, List.of(id));
        }
    }

    /**
     * Not taken.
     *
     * @param pause how long to leave the message alone; zero when the answer does not say
     * @param tries how often this may happen to one message; 0: as often as its validity allows
     */
    record Refused(Failure failure, Remedy remedy, Duration pause, int tries) implements Verdict {}

    /** Whoever answered does not know, or cannot be understood: it may have been taken. */
    record Unclear(Failure failure) implements Verdict {}

    /** The provider mistook the request for a repeat of another one: it must be told apart and sent again. */
    record Mistaken() implements Verdict {}
}
