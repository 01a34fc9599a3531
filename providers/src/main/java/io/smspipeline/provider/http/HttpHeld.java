package io.smspipeline.provider.http;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.webhook.WebhookArrival;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Asks an API what became of messages it took. It withdraws and exchanges none. */
final class HttpHeld implements HeldMessages {
    /** Questions are beside the messages, and never as many as these may be. */
    private static final int AT_ONCE = 4;

    private final String alias;
    private final HttpApi api;
    private final Transport transport;
    private final Duration patience;
    private final Clock clock;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;

    HttpHeld(String alias, HttpApi api, Transport transport, Duration patience, Clock clock) {
        this.alias = alias;
        this.api = api;
        this.transport = transport;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public CompletionStage<HeldAnswer> query(HeldMessage message) {
        Inquiry inquiry = api.inquiry(message).orElse(null);
        if (inquiry == null) {
            return refused("tells no states of messages");
        }
        if (underWay.incrementAndGet() > AT_ONCE) {
            underWay.decrementAndGet();
            return CompletableFuture.completedFuture(new HeldAnswer.Unanswered(
                    failure(FailureCode.LIMITS, "is asked enough at the moment", null, false)));
        }
        return transport.send(inquiry.call(), patience).handle((answer, lost) -> {
            underWay.decrementAndGet();
            return answer == null
                    ? new HeldAnswer.Unanswered(failure(FailureCode.CONNECTION, "did not answer", null, false))
                    : meaning(inquiry, answer);
        });
    }

    private HeldAnswer meaning(Inquiry inquiry, HttpAnswer answer) {
        if (answer.isSuccess()) {
            return inquiry.told()
                    .apply(answer)
                    .map(draft -> told((WebhookArrival.OfReceipt) draft.arrival(answer.body(), clock.instant())))
                    .orElseGet(() -> new HeldAnswer.Refused(
                            failure(FailureCode.GENERIC, "answered without a state", answer, true)));
        }
        // The account may be accepted again, and the provider well, when it is asked once more.
        boolean another =
                answer.status() == 401 || answer.status() == 403 || answer.status() == 429 || answer.status() >= 500;
        return another
                ? new HeldAnswer.Unanswered(failure(FailureCode.SERVER, "told no state", answer, false))
                : new HeldAnswer.Refused(failure(FailureCode.REQUEST, "does not tell of this message", answer, true));
    }

    private static HeldAnswer told(WebhookArrival.OfReceipt arrival) {
        return new HeldAnswer.Told(arrival.receipt(), arrival.correlationId());
    }

    @Override
    public CompletionStage<HeldAnswer> cancel(HeldMessage message) {
        return refused("withdraws no message it has taken");
    }

    @Override
    public CompletionStage<HeldAnswer> replace(HeldMessage message, String text, Duration validity) {
        return refused("exchanges no text");
    }

    /** Nothing can be asked any more. */
    void close() {
        closed = true;
    }

    private CompletionStage<HeldAnswer> refused(String what) {
        return CompletableFuture.completedFuture(
                closed
                        ? new HeldAnswer.Unanswered(failure(FailureCode.CONNECTION, "is closed", null, false))
                        : new HeldAnswer.Refused(failure(FailureCode.UNSUPPORTED, what, null, true)));
    }

    private Failure failure(FailureCode code, String what, @Nullable HttpAnswer answer, boolean permanent) {
        return new Failure(
                code,
                alias + " " + what,
                answer == null ? null : Integer.toString(answer.status()),
                answer == null ? null : answer.shownText(),
                permanent);
    }
}
