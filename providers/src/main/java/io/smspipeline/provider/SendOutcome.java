package io.smspipeline.provider;

import io.smspipeline.record.Failure;
import java.time.Duration;

/** What we know after one submission. What to do next is decided in one place, by who submitted. */
public sealed interface SendOutcome {
    /**
     * The provider took it.
     *
     * @param providerMessageId its id as the provider wrote it: what is shown
     * @param correlationId the same id in the form under which its receipts are looked up
     */
    record Accepted(String providerMessageId, String correlationId) implements SendOutcome {
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
     */
    record Unreachable(Failure failure, Duration retryAfter) implements SendOutcome {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unreachable(this);
        }
    }

    /** It left, and no answer came. Sending again may ring the handset twice. */
    record Uncertain(Failure failure) implements SendOutcome {
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
