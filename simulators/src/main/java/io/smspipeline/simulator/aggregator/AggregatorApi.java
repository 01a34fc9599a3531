package io.smspipeline.simulator.aggregator;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One aggregator's API as its documentation has it: how requests are read, answered, and how it calls back. Written from the
 * documentation alone, so that two readings of it must agree. Pure; safe for use by many threads.
 */
interface AggregatorApi {
    /** What a request to submit asks for. */
    sealed interface Wish {
        /**
         * To take a message.
         *
         * @param repeatKey requests with the same one are one request; null where there is no such thing
         */
        record Take(
                String to,
                String from,
                String text,
                int parts,
                Map<String, String> fields,
                String callback,
                @Nullable String repeatKey)
                implements Wish {}

        /** Nothing that makes sense. */
        record Nonsense(Reply reply) implements Wish {}
    }

    /** Whether the request is for submitting; all others are questions. */
    boolean isSubmit(Request request);

    /** Whether credentials are right. */
    boolean isAuthorised(Request request);

    Wish read(Request request);

    /** A new message's ids: one, or one for each part. */
    List<String> ids(long number, int parts);

    Reply accepted(Sms sms);

    Reply unauthorised();

    Reply noCredit();

    Reply throttled(Duration retryAfter);

    Reply failed(int status);

    /** Refuses a message with one of the API's own codes. */
    Reply refused(String code, String to);

    /** Answers a question about messages (the latest first) or the account; empty when there is no such thing. */
    default Optional<Reply> answer(Request request, List<Sms> latest) {
        return Optional.empty();
    }

    /** The callbacks that tell what became of a message, in order. */
    List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now);

    /** The callbacks that bring a message from a handset: one, or one for each part. */
    List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now);

    /** When a callback that failed is sent again. */
    RetrySchedule schedule(Callback callback);
}
