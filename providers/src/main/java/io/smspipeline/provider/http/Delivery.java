package io.smspipeline.provider.http;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One submission on its way: its request, its answer, and what is done to learn of its fate when no answer comes. Safe for use
 * by many threads once it has begun.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration FIRST_QUESTION = Duration.ofMillis(500);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_VARIANTS = 5;

    private final Desk desk;
    private final Submission submission;
    private final long validUntil;
    private final BiConsumer<Delivery, SendOutcome> settled;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean toldLate = new AtomicBoolean();
    private final AtomicBoolean doubted = new AtomicBoolean();
    private final CompletableFuture<SendOutcome> late = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile int variant;
    private volatile int questions;
    private volatile long leftAt;
    private volatile long doubtEnds;
    private volatile Instant departure = Instant.EPOCH;
    private volatile Failure doubt;

    /**
     * @param validity what remains of the message's validity now
     * @param settled told once, on whatever thread knows; not when {@link #begin} answers
     */
    Delivery(Desk desk, Submission submission, Duration validity, BiConsumer<Delivery, SendOutcome> settled) {
        this.desk = desk;
        this.submission = submission;
        this.validUntil = desk.nanoTime.getAsLong() + validity.toNanos();
        this.settled = settled;
        this.doubt = silence("no answer came");
    }

    String recipient() {
        return submission.message().getTo();
    }

    /** Sends the request. Answers null when it is under way, else what became of it at once. */
    @Nullable
    SendOutcome begin() {
        if (desk.nanoTime.getAsLong() - validUntil >= 0) {
            return atOnce(new SendOutcome.Unreachable(
                    silence("its validity ended while another message to its recipient was under way"), Duration.ZERO));
        }
        SendOutcome hindered = send(desk.listening(), this::firstAnswer);
        if (hindered != null) {
            return atOnce(hindered);
        }
        desk.later(
                desk.settings.responseTimeout(),
                () -> inDoubt(silence("no answer within " + desk.settings.responseTimeout())));
        return null;
    }

    private SendOutcome atOnce(SendOutcome outcome) {
        told.set(true);
        return outcome;
    }

    /** Null when it left. */
    private @Nullable SendOutcome send(
            Duration patience, BiConsumer<@Nullable HttpAnswer, @Nullable Throwable> listener) {
        Duration validity = Duration.ofNanos(Math.max(1, validUntil - desk.nanoTime.getAsLong()));
        Call call;
        try {
            call = desk.api.submit(submission, validity, variant);
        } catch (IllegalArgumentException e) {
            return new SendOutcome.Rejected(
                    new Failure(FailureCode.REQUEST, String.valueOf(e.getMessage()), null, null, true));
        }
        return sendUnlessHindered(call, patience, listener);
    }

    private @Nullable SendOutcome sendUnlessHindered(
            Call call, Duration patience, BiConsumer<@Nullable HttpAnswer, @Nullable Throwable> listener) {
        CompletableFuture<CompletableFuture<HttpAnswer>> exchange = new CompletableFuture<>();
        SendOutcome hindered = desk.standing.unlessHindered(() -> {
            if (!begun) {
                leftAt = desk.nanoTime.getAsLong();
                departure = desk.clock.instant();
                begun = true;
            }
            exchange.complete(desk.transport.send(call, patience));
        });
        if (hindered == null) {
            exchange.join().whenComplete(listener);
        }
        return hindered;
    }

    private void firstAnswer(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
        if (answer != null) {
            desk.meters.answeredAfter(desk.nanoTime.getAsLong() - leftAt);
            answered(answer, false);
        } else if (failure instanceof LostException lost && !lost.left()) {
            desk.away(String.valueOf(lost.getMessage()));
            tell(new SendOutcome.Unreachable(
                    silence("not handed over to " + desk.alias + ": " + lost.getMessage()), Duration.ZERO));
        } else {
            inDoubt(silence(String.valueOf(failure == null ? null : failure.getMessage())));
        }
    }

    private void answered(HttpAnswer answer, boolean repeated) {
        desk.heard();
        Verdict verdict = desk.api.meaning(submission, variant, answer, desk.clock.instant());
        if (verdict instanceof Verdict.Taken taken) {
            desk.standing.fine();
            tell(accepted(taken));
        } else if (verdict instanceof Verdict.Refused refused) {
            refused(refused, answer, repeated);
        } else if (verdict instanceof Verdict.Unclear unclear) {
            if (repeated) {
                askAgain();
            } else {
                inDoubt(unclear.failure());
            }
        } else {
            mistaken(repeated);
        }
    }

    /** Under its ids in the form in which receipts are looked up. */
    private static SendOutcome accepted(Verdict.Taken taken) {
        return new SendOutcome.Accepted(
                taken.id(),
                taken.correlationIds().stream()
                        .flatMap(id -> ProviderIds.ofSubmit(IdRule.SAME, id).stream())
                        .distinct()
                        .toList());
    }

    private void refused(Verdict.Refused refused, HttpAnswer answer, boolean repeated) {
        Failure failure = refused.failure();
        Duration asked = answer.retryAfter(desk.clock.instant());
        switch (refused.remedy()) {
            case SLOW_DOWN -> {
                desk.standing.fine();
                desk.pause(failure, refused.pause());
                notTaken(new SendOutcome.Throttled(failure, refused.pause()), repeated);
            }
            case LATER -> {
                if (failure.getCode() == FailureCode.SERVER) {
                    desk.troubled(failure);
                } else {
                    desk.standing.fine();
                }
                desk.pause(failure, asked);
                notTaken(
                        new SendOutcome.Unreachable(
                                failure,
                                refused.pause().compareTo(LEAST_PAUSE) > 0 ? refused.pause() : LEAST_PAUSE,
                                refused.tries()),
                        repeated);
            }
            case ACCOUNT -> {
                desk.refused(failure);
                notTaken(new SendOutcome.Unreachable(failure, Duration.ZERO), repeated);
            }
            case NEVER -> {
                desk.standing.fine();
                tell(new SendOutcome.Rejected(failure));
            }
        }
    }

    /** A repeat that is not taken says nothing of the first request, whose answer was lost. */
    private void notTaken(SendOutcome outcome, boolean repeated) {
        if (repeated) {
            askAgain();
        } else {
            tell(outcome);
        }
    }

    private void mistaken(boolean repeated) {
        if (++variant > MOST_VARIANTS) {
            tell(new SendOutcome.Unreachable(
                    silence(desk.alias + " takes it for a repeat of other messages"), LEAST_PAUSE, MOST_VARIANTS));
            return;
        }
        SendOutcome hindered =
                repeated ? send(untilDoubtEnds(), this::repeatAnswer) : send(desk.listening(), this::firstAnswer);
        if (hindered != null) {
            notTaken(hindered, repeated);
        }
    }

    /** No answer came, or none that says anything. */
    private void inDoubt(Failure why) {
        if (!told.get() && doubted.compareAndSet(false, true)) {
            doubt = why;
            doubtEnds = desk.nanoTime.getAsLong() + desk.settings.doubt().toNanos();
            askAgain();
        }
    }

    private void askAgain() {
        long left = doubtEnds - desk.nanoTime.getAsLong();
        LookUp lookUp = desk.api.lookUp(submission, departure).orElse(null);
        if (left <= 0 || lookUp == null && !desk.api.recognisesRepeats()) {
            LOG.warn(
                    "submit outcome=uncertain provider={} messageId={} to={} why={}",
                    desk.alias,
                    submission.message().getId(),
                    desk.personalData.msisdn(recipient()),
                    doubt.getReason());
            tell(new SendOutcome.Uncertain(doubt, late));
            return;
        }
        long delay = Math.min(left, FIRST_QUESTION.toNanos() << Math.min(6, questions++));
        desk.later(Duration.ofNanos(delay), () -> {
            if (!told.get()) {
                ask(lookUp);
            }
        });
    }

    private void ask(@Nullable LookUp lookUp) {
        SendOutcome hindered = desk.api.recognisesRepeats() || lookUp == null
                ? send(untilDoubtEnds(), this::repeatAnswer)
                : sendUnlessHindered(lookUp.call(), untilDoubtEnds(), (answer, failure) -> lookedUp(lookUp, answer));
        if (hindered != null) {
            askAgain();
        }
    }

    /** At least long enough for an answer that comes at once. */
    private Duration untilDoubtEnds() {
        Duration left = Duration.ofNanos(Math.max(1, doubtEnds - desk.nanoTime.getAsLong()));
        return left.compareTo(LEAST_PAUSE) > 0 ? left : LEAST_PAUSE;
    }

    private void repeatAnswer(@Nullable HttpAnswer answer, @Nullable Throwable failure) {
        if (answer != null) {
            answered(answer, true);
        } else {
            askAgain();
        }
    }

    private void lookedUp(LookUp lookUp, @Nullable HttpAnswer answer) {
        Verdict.Taken found =
                answer == null ? null : lookUp.found().apply(answer).orElse(null);
        if (found == null) {
            askAgain();
        } else {
            desk.meters.found();
            tell(accepted(found));
        }
    }

    /** Nobody waits any more. */
    void giveUp() {
        tell(
                begun
                        ? new SendOutcome.Uncertain(silence("closed before it answered"), late)
                        : new SendOutcome.Unreachable(silence("closed before it was handed over"), Duration.ZERO));
    }

    private void tell(SendOutcome outcome) {
        if (told.compareAndSet(false, true)) {
            if (LOG.isDebugEnabled()) {
                LOG.debug(
                        "submit outcome={} provider={} messageId={} to={}",
                        outcome.getClass().getSimpleName(),
                        desk.alias,
                        submission.message().getId(),
                        desk.personalData.msisdn(recipient()));
            }
            settled.accept(this, outcome);
        } else if (!(outcome instanceof SendOutcome.Uncertain) && toldLate.compareAndSet(false, true)) {
            desk.meters.answeredLate();
            late.complete(outcome);
        }
    }

    private static Failure silence(String reason) {
        return new Failure(FailureCode.CONNECTION, reason, null, null, false);
    }
}
