package io.smspipeline.provider;

import io.smspipeline.record.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What we know after one submission. What to do next is decided in one place, by who submitted. */
public sealed interface SendOutcome {
    /**
     * The provider took it.
     *
     * @param providerMessageId its id as the provider wrote it: what is shown
     * @param correlationIds the same id in each form under which a receipt may speak of it, the likeliest first; at least one
     */
    record Accepted(String providerMessageId, List<String> correlationIds) implements SendOutcome {
        /** Copies, so that it cannot change. */
        public Accepted {
            correlationIds = List.copyOf(correlationIds);
            if (correlationIds.isEmpty()) {
                throw new IllegalArgumentException("an accepted submission is found under at least one form of its id");
            }
        }

        /** An id whose receipts come in one form only. */
        public Accepted(String providerMessageId, String correlationId) {
            this(providerMessageId, List.of(correlationId));
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.accepted(this);
        }
    }

    /** Refused for good: the same submission would be refused again. */
    record Rejected(Failure failure) implements SendOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.rejected(this);
        }
    }

    /**
     * Refused because of the rate (ESME_RTHROTTLED, HTTP 429): nothing was taken, the same submission may go again.
     *
     * @param retryAfter before which nothing more should be tried; zero when the provider does not say
     */
    record Throttled(Failure failure, Duration retryAfter) implements SendOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.throttled(this);
        }
    }

    /**
     * Not handed over: it never left us, or the provider had trouble of its own and took nothing. Safe to send again.
     *
     * @param retryAfter how long to leave this message alone; zero when only the connection is missing
     * @param mostTries how often the same submission may end like this before it counts as refused; 0: no limit but its
     *     validity
     */
    record Unreachable(Failure failure, Duration retryAfter, int mostTries) implements SendOutcome {
        /** As often as its validity allows. */
        public Unreachable(Failure failure, Duration retryAfter) {
            this(failure, retryAfter, 0);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unreachable(this);
        }
    }

    /**
     * It left, and no answer came. Sending again may ring the handset twice.
     *
     * @param late completes with what the provider said, should it answer after all; it may never complete
     */
    record Uncertain(Failure failure, CompletionStage<SendOutcome> late) implements SendOutcome {
        /** No answer can come any more. */
        public Uncertain(Failure failure) {
            this(failure, new CompletableFuture<>());
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.uncertain(this);
        }
    }

    /** Calls the method for this outcome. */
    <R> R match(Cases<R> cases);

    /** One method per outcome: a new outcome stops the build wherever it must be considered. */
    interface Cases<R> {
        /** See {@link Accepted}. */
        R accepted(Accepted outcome);

        /** See {@link Rejected}. */
        R rejected(Rejected outcome);

        /** See {@link Throttled}. */
        R throttled(Throttled outcome);

        /** See {@link Unreachable}. */
        R unreachable(Unreachable outcome);

        /** See {@link Uncertain}. */
        R uncertain(Uncertain outcome);
    }
}
