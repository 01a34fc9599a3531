package io.smspipeline.sender.dispatch;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from an outcome: what is written, and whether the submission is done, comes again, or ends its
 * message. Pure but for the message's own memory of what left us and whether it ended. For use by the recorder's thread.
 */
public final class Dispatch {
    /**
     * Submits of one part, whatever happens: beyond this a loop is more likely than luck. What a provider refused for now, or
     * what never left us, does not count.
     */
    public static final int MOST_ATTEMPTS = 20;

    /** Longer delays are waited for by routing, which keeps what waits on disk. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Failures that say something of this provider rather than of the message: another one may take it. */
    private static final Set<FailureCode> ANOTHER_MAY = EnumSet.of(
            FailureCode.AUTH,
            FailureCode.LIMITS,
            FailureCode.CREDIT,
            FailureCode.UNSUPPORTED,
            FailureCode.SERVER,
            FailureCode.CONNECTION,
            FailureCode.INVALID_SENDER);

    private final String alias;
    private final Topics topics;
    private final boolean givesReceipts;

    /**
     * @param alias the provider
     * @param givesReceipts whether accepted submissions that asked for a receipt will get one
     */
    public Dispatch(String alias, Topics topics, boolean givesReceipts) {
        this.alias = alias;
        this.topics = topics;
        this.givesReceipts = givesReceipts;
    }

    /** After an attempt was answered, or its answer given up. */
    public Verdict after(Attempt attempt, SendOutcome outcome, Instant now) {
        return outcome.match(new SendOutcome.Cases<Verdict>() {
            @Override
            public Verdict accepted(SendOutcome.Accepted accepted) {
                attempt.handover().noteTaken(attempt.index());
                return new Verdict.Done(acceptances(attempt, accepted, now));
            }

            @Override
            public Verdict rejected(SendOutcome.Rejected rejected) {
                return refused(attempt, rejected.failure(), now);
            }

            @Override
            public Verdict throttled(SendOutcome.Throttled throttled) {
                // The pacer pauses the whole account; this attempt is simply next.
                return new Verdict.Again(List.of(), attempt.again(), Duration.ZERO);
            }

            @Override
            public Verdict unreachable(SendOutcome.Unreachable unreachable) {
                int most = unreachable.mostTries();
                if (most > 0 && triesHere(attempt) >= most) {
                    return refused(attempt, lastOf(most, unreachable.failure()), now);
                }
                return isWorthGivingBack(attempt.handover().routed(), unreachable.retryAfter())
                                && attempt.handover().withdraw()
                        ? givenBack(
                                attempt, ReturnReason.RETRY_LATER, unreachable.failure(), unreachable.retryAfter(), now)
                        : new Verdict.Again(List.of(), attempt.afterTrouble(), unreachable.retryAfter());
            }

            @Override
            public Verdict uncertain(SendOutcome.Uncertain uncertain) {
                attempt.handover().noteLeftUs();
                List<Output> told = List.of(toEvents(event(attempt, EventKind.UNCERTAIN, now)
                        .setFailure(uncertain.failure())
                        .build()));
                return isRepeated(attempt)
                        ? new Verdict.Again(told, attempt.repeated(), Duration.ZERO)
                        : new Verdict.Done(told);
            }
        });
    }

    private static boolean isRepeated(Attempt uncertain) {
        return !uncertain.handover().holds() && uncertain.number() < MOST_ATTEMPTS;
    }

    /** Whether this attempt must not be made: there were as many as there may be, through kills, repeats or by hand. */
    public static boolean isOneTooMany(Attempt attempt) {
        return attempt.number() > MOST_ATTEMPTS;
    }

    /** Whether this attempt of unknown outcome is not repeated for no other reason than that there were so many. */
    public static boolean wasTheLast(Attempt uncertain) {
        return !uncertain.handover().holds() && uncertain.number() >= MOST_ATTEMPTS;
    }

    /** After an attempt that was one too many: nobody knows what became of those before it. A receipt or a person will. */
    public Verdict capped(Attempt attempt, Instant now) {
        Failure failure = Failure.newBuilder()
                .setCode(FailureCode.GENERIC)
                .setReason("it may have been submitted " + MOST_ATTEMPTS + " times, and no more are made")
                .setPermanent(false)
                .build();
        attempt.handover().noteLeftUs();
        return new Verdict.Done(List.of(toEvents(
                event(attempt, EventKind.UNCERTAIN, now).setFailure(failure).build())));
    }

    /** With this one: earlier ones in our hands, and those after which it was given back for a while. */
    private int triesHere(Attempt attempt) {
        return attempt.refusals()
                + 1
                + Collections.frequency(attempt.handover().routed().getTried(), alias);
    }

    private static Failure lastOf(int tries, Failure failure) {
        return Failure.newBuilder(failure)
                .setReason(failure.getReason() + " (" + tries + " times, and no more are made)")
                .setPermanent(true)
                .build();
    }

    /**
     * After the answer to an attempt came that was recorded as uncertain. An acceptance is told as any other, so that receipts
     * find the message by each of its ids. A refusal ends the message only where no repeat decides.
     */
    public List<Output> late(Attempt attempt, SendOutcome outcome, Instant now) {
        return outcome.match(new SendOutcome.Cases<List<Output>>() {
            @Override
            public List<Output> accepted(SendOutcome.Accepted accepted) {
                attempt.handover().noteTaken(attempt.index());
                return acceptances(attempt, accepted, now);
            }

            @Override
            public List<Output> rejected(SendOutcome.Rejected rejected) {
                return isRepeated(attempt)
                        ? notTaken(rejected.failure())
                        : List.of(toEvents(event(attempt, EventKind.REFUSED, now)
                                .setFailure(rejected.failure())
                                .build()));
            }

            @Override
            public List<Output> throttled(SendOutcome.Throttled throttled) {
                return notTaken(throttled.failure());
            }

            @Override
            public List<Output> unreachable(SendOutcome.Unreachable unreachable) {
                return notTaken(unreachable.failure());
            }

            @Override
            public List<Output> uncertain(SendOutcome.Uncertain uncertain) {
                return List.of();
            }

            private List<Output> notTaken(Failure failure) {
                return List.of(toEvents(event(attempt, EventKind.NOTED, now)
                        .setFailure(Failure.newBuilder(failure)
                                .setReason("late answer, it was not taken: " + failure.getReason())
                                .build())
                        .build()));
            }
        });
    }

    /** It was cancelled while it waited here: what was not submitted of it never will be. */
    public Verdict withdrawn(Attempt attempt, Instant now) {
        return ended(attempt, EventKind.CANCELLED, null, now);
    }

    /**
     * One record under each form of the id by which a receipt may ask for it; the first one tells, the others only help. What
     * the message asked for and the provider has not is noted beside it.
     */
    private List<Output> acceptances(Attempt attempt, SendOutcome.Accepted accepted, Instant now) {
        List<Output> outputs = new ArrayList<>();
        for (String correlationId : accepted.correlationIds()) {
            outputs.add(new Output(
                    topics.accepted().name(),
                    alias + "|" + correlationId,
                    event(attempt, EventKind.ACCEPTED, now)
                            .setProviderMessageId(accepted.providerMessageId())
                            .setReceiptExpected(receiptExpected(attempt))
                            .setFailuresOnly(
                                    attempt.handover().routed().getMessage().getStatusReport() == StatusReport.FAILURES)
                            .setAlsoKnownAs(!outputs.isEmpty())
                            .build()));
        }
        for (String note : attempt.submission().notes()) {
            outputs.add(toEvents(event(attempt, EventKind.NOTED, now)
                    .setFailure(new Failure(FailureCode.UNSUPPORTED, note, null, null, false))
                    .build()));
        }
        return List.copyOf(outputs);
    }

    /** Before the submit of a message that must never be submitted twice: the intention, to be durable first. */
    public List<Output> intention(Attempt attempt, Instant now) {
        List<Output> outputs = new ArrayList<>();
        Handover handover = attempt.handover();
        for (Submission submission : handover.submissions()) {
            outputs.add(toEvents(event(handover, submission, attempt.number(), false, EventKind.SUBMITTING, now)
                    .build()));
        }
        return outputs;
    }

    /** The message's validity is over and this part of it was not handed over. */
    public Verdict expired(Attempt attempt, Instant now) {
        Failure failure = Failure.newBuilder()
                .setCode(FailureCode.EXPIRED)
                .setReason("validUntil passed before " + alias + " took it")
                .build();
        return ended(attempt, EventKind.EXPIRED, failure, now);
    }

    /** The provider can never carry it, or refuses it for good. */
    public Verdict refused(Attempt attempt, Failure failure, Instant now) {
        Handover handover = attempt.handover();
        if (ANOTHER_MAY.contains(failure.getCode()) && hasAlternative(handover.routed()) && handover.withdraw()) {
            return givenBack(attempt, ReturnReason.REFUSED_HERE, failure, Duration.ZERO, now);
        }
        return ended(attempt, EventKind.REFUSED, failure, now);
    }

    /** One end is told of a message, however many parts of it come to one. */
    private Verdict ended(Attempt attempt, EventKind kind, @Nullable Failure failure, Instant now) {
        return new Verdict.Ended(
                attempt.handover().end()
                        ? List.of(toEvents(
                                event(attempt, kind, now).setFailure(failure).build()))
                        : List.of());
    }

    /** The provider is away for longer than its patience. Only for a message that was withdrawn. */
    public Verdict providerDown(Attempt attempt, String why, Instant now) {
        Failure failure = Failure.newBuilder()
                .setCode(FailureCode.CONNECTION)
                .setReason(why)
                .setPermanent(false)
                .build();
        return givenBack(attempt, ReturnReason.PROVIDER_DOWN, failure, Duration.ZERO, now);
    }

    /** Whether somebody else could carry it. */
    public static boolean hasAlternative(RoutedMessage routed) {
        return !routed.getAlternatives().isEmpty() && routed.getAttempt() < MOST_ATTEMPTS;
    }

    /** A short delay is waited for here, unless somebody else could have it at once; a long one must not fill our hands. */
    private static boolean isWorthGivingBack(RoutedMessage routed, Duration delay) {
        return routed.getAttempt() < MOST_ATTEMPTS
                && (delay.compareTo(LONGEST_WAIT) > 0 || !delay.isZero() && hasAlternative(routed));
    }

    private Verdict givenBack(Attempt attempt, ReturnReason reason, Failure failure, Duration delay, Instant now) {
        RoutedMessage routed = attempt.handover().routed();
        OutgoingMessage message = routed.getMessage();
        List<String> tried = new ArrayList<>(routed.getTried());
        tried.add(alias);
        ReturnedMessage returned = ReturnedMessage.newBuilder()
                .setMessage(message)
                .setAsked(routed.getAsked())
                .setReason(reason)
                .setTried(tried)
                .setAttempt(routed.getAttempt())
                .setNotBefore(delay.isZero() ? null : now.plus(delay))
                .setFailure(failure)
                .setAt(now)
                .build();
        String topic = message.getPriority() == Priority.HIGH
                ? topics.returnedHigh().name()
                : topics.returned().name();
        return new Verdict.Ended(List.of(
                new Output(topic, message.getTo(), returned),
                toEvents(event(attempt, EventKind.RETURNED, now)
                        .setFailure(failure)
                        .build())));
    }

    private boolean receiptExpected(Attempt attempt) {
        return givesReceipts && attempt.handover().routed().getMessage().getStatusReport() != StatusReport.NONE;
    }

    private Output toEvents(LifecycleEvent event) {
        return new Output(topics.event().name(), event.getMessageId(), event);
    }

    private LifecycleEvent.Builder event(Attempt attempt, EventKind kind, Instant now) {
        return event(attempt.handover(), attempt.submission(), attempt.number(), attempt.possibleRepeat(), kind, now);
    }

    private LifecycleEvent.Builder event(
            Handover handover, Submission submission, int number, boolean repeat, EventKind kind, Instant now) {
        OutgoingMessage message = handover.routed().getMessage();
        return LifecycleEvent.newBuilder()
                .setMessageId(message.getId())
                .setTo(message.getTo())
                .setFrom(submission.from().isEmpty() ? null : submission.from())
                .setPart(submission.number())
                .setParts(submission.count())
                .setKind(kind)
                .setProvider(alias)
                .setAttempt(number)
                .setPossibleRepeat(repeat)
                .setAllowReply(message.getAllowReply())
                .setClientReference(message.getClientReference())
                .setLabels(message.getLabels())
                .setTenant(message.getTenant())
                .setAt(now)
                .setSource("sender");
    }
}
