package io.smspipeline.sender.command;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.Provider;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.record.Happening;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what is commanded about messages the provider took, or that wait here for it. Every part is asked about on its
 * own; a provider that does not answer is asked again until the command's time is over. The record of a command is finished
 * when all its answers are told. Safe for use by many threads; never waits.
 */
public final class CommandDesk {
    static final Duration PAUSE = Duration.ofSeconds(2);

    /** For a new text whose message is not known: what routing gives a message that names no end. */
    private static final Duration USUAL_VALIDITY = Duration.ofHours(48);

    private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

    private final Provider provider;
    private final Function<String, CompletionStage<Boolean>> withdraw;
    private final CommandReport report;
    private final Consumer<Happening> tell;
    private final Clock clock;
    private final Later later;

    /** Does something after a while, on any thread. */
    public interface Later {
        /** Returns at once. */
        void run(Runnable task, Duration delay);
    }

    /**
     * @param withdraw takes a message, by its id, out of what waits to be handed over; tells whether anything of it did
     * @param tell where it is reported what came of a command
     */
    public CommandDesk(
            Provider provider,
            Function<String, CompletionStage<Boolean>> withdraw,
            CommandReport report,
            Consumer<Happening> tell,
            Clock clock,
            Later later) {
        this.provider = provider;
        this.withdraw = withdraw;
        this.report = report;
        this.tell = tell;
        this.clock = clock;
        this.later = later;
    }

    /** @param attempt claimed; stands for the record of the command */
    public void carryOut(Attempt attempt) {
        Command command = attempt.handover().routed().getCommand();
        if (command == null) {
            done(attempt, List.of());
        } else if (command.getKind() == CommandKind.CANCEL) {
            withdraw.apply(command.getMessageId()).thenAccept(withdrawn -> {
                if (withdrawn && command.getParts().isEmpty()) {
                    // What was withdrawn is told of itself.
                    done(attempt, List.of());
                } else {
                    ask(attempt, command);
                }
            });
        } else {
            ask(attempt, command);
        }
    }

    private void ask(Attempt attempt, Command command) {
        Optional<HeldMessages> held = provider.held();
        Failure obstacle = held.isEmpty()
                ? failure(
                        FailureCode.UNSUPPORTED,
                        "provider " + provider.alias() + " offers nothing of the kind for what it took")
                : obstacle(command);
        if (obstacle != null || held.isEmpty()) {
            done(attempt, report.refused(command, obstacle, now()));
            return;
        }
        Errand errand = new Errand(attempt, command, held.get());
        for (int index = 0; index < errand.parts.size(); index++) {
            errand.ask(index);
        }
    }

    private static @Nullable Failure obstacle(Command command) {
        return switch (command.getKind()) {
            case CANCEL, QUERY ->
                command.getParts().isEmpty()
                        ? failure(FailureCode.REQUEST, "the provider is not known to have taken any of it")
                        : null;
            case REPLACE ->
                command.getParts().size() != 1 || command.getText() == null
                        ? failure(
                                FailureCode.REQUEST,
                                "a text can be exchanged where the provider took one part; it is known to have taken "
                                        + command.getParts().size())
                        : null;
            case NONE, RESEND, FAIL -> failure(FailureCode.UNSUPPORTED, "it is nothing for a provider");
        };
    }

    private static Failure failure(FailureCode code, String reason) {
        return Failure.newBuilder()
                .setCode(code)
                .setReason(reason)
                .setPermanent(true)
                .build();
    }

    private void done(Attempt attempt, List<Output> outputs) {
        tell.accept(new Happening.Commanded(attempt, outputs));
    }

    private Instant now() {
        return clock.instant();
    }

    /** One command under way. */
    private final class Errand {
        private final Attempt attempt;
        private final Command command;
        private final HeldMessages held;
        private final List<HeldPart> parts;
        private final AtomicReferenceArray<@Nullable PartAnswer> answers;
        private final AtomicInteger open;

        Errand(Attempt attempt, Command command, HeldMessages held) {
            this.attempt = attempt;
            this.command = command;
            this.held = held;
            this.parts = command.getParts();
            this.answers = new AtomicReferenceArray<>(parts.size());
            this.open = new AtomicInteger(parts.size());
        }

        void ask(int index) {
            HeldMessage message = message(index);
            CompletionStage<HeldAnswer> answer = switch (command.getKind()) {
                case CANCEL -> held.cancel(message);
                case REPLACE -> held.replace(message, String.valueOf(command.getText()), validity());
                case QUERY, NONE, RESEND, FAIL -> held.query(message);
            };
            answer.whenComplete((said, fault) -> {
                HeldAnswer known = said == null ? unanswered(fault) : said;
                if (known instanceof HeldAnswer.Unanswered) {
                    askAgain(index, known);
                } else if (known instanceof HeldAnswer.Refused && command.getKind() == CommandKind.CANCEL) {
                    askWhy(index, known);
                } else {
                    settle(index, known, null);
                }
            });
        }

        private void askAgain(int index, HeldAnswer silence) {
            if (attempt.handover().isLeaving()) {
                leave();
            } else if (isOver()) {
                settle(index, silence, null);
            } else {
                later.run(() -> ask(index), PAUSE);
            }
        }

        /** It may be gone already: by its own course, or by this command, whose first answer was lost. */
        private void askWhy(int index, HeldAnswer refused) {
            held.query(message(index)).whenComplete((said, fault) -> {
                HeldAnswer.Told state = said instanceof HeldAnswer.Told told ? told : null;
                boolean gone = state != null && state.receipt().getState() == ReceiptState.DELETED;
                settle(index, gone ? new HeldAnswer.Done() : refused, gone ? null : state);
            });
        }

        private void settle(int index, HeldAnswer answer, HeldAnswer.@Nullable Told state) {
            answers.set(index, new PartAnswer(parts.get(index), answer, state));
            if (open.decrementAndGet() == 0) {
                done(attempt, report.answers(command, answers(), now()));
            }
        }

        private List<PartAnswer> answers() {
            PartAnswer[] all = new PartAnswer[parts.size()];
            for (int index = 0; index < all.length; index++) {
                all[index] = answers.get(index);
            }
            return List.of(all);
        }

        /** Whoever has the partition next carries the command out. Once, however many parts are unanswered. */
        private void leave() {
            if (open.getAndSet(Integer.MIN_VALUE) > 0) {
                attempt.handover().settle(false);
                attempt.handover().giveUp();
            }
        }

        private HeldMessage message(int index) {
            String from = command.getFrom();
            return new HeldMessage(parts.get(index).getProviderMessageId(), from == null ? "" : from, command.getTo());
        }

        private boolean isOver() {
            return !now().isBefore(attempt.handover().routed().getMessage().getValidUntil());
        }

        private Duration validity() {
            OutgoingMessage message = command.getMessage();
            Instant until = message == null ? null : message.getValidUntil();
            Duration left = until == null ? USUAL_VALIDITY : Duration.between(now(), until);
            return left.isNegative() || left.isZero() ? USUAL_VALIDITY : left;
        }

        private HeldAnswer unanswered(@Nullable Throwable fault) {
            LOG.error(
                    "command failed by a fault of ours kind={} messageId={}",
                    command.getKind(),
                    command.getMessageId(),
                    fault);
            return new HeldAnswer.Unanswered(failure(FailureCode.GENERIC, "a fault of ours: " + fault));
        }
    }
}
