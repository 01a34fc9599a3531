package io.smspipeline.sender.command;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.sender.dispatch.Output;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a command, once for each part: CANCELLED; for a query NOTED with the state, and a final state as a receipt
 * too, so that a receipt that was lost is made good; NOTED without a failure where a text was exchanged; otherwise NOTED with
 * a failure whose reason begins with the command's kind and a colon. Immutable.
 */
public final class CommandReport {
    private final String alias;
    private final Topics topics;

    /** @param alias the provider */
    public CommandReport(String alias, Topics topics) {
        this.alias = alias;
        this.topics = topics;
    }

    /** Nobody was asked. */
    List<Output> refused(Command command, @Nullable Failure why, Instant now) {
        if (command.getParts().isEmpty()) {
            return List.of(told(event(command, null, EventKind.NOTED, now).setFailure(why(command, why))));
        }
        return command.getParts().stream()
                .map(part -> told(event(command, part, EventKind.NOTED, now).setFailure(why(command, why))))
                .toList();
    }

    /** All parts were asked about. */
    List<Output> answers(Command command, List<PartAnswer> answers, Instant now) {
        List<Output> outputs = new ArrayList<>();
        for (PartAnswer answer : answers) {
            if (answer.answer() instanceof HeldAnswer.Done) {
                EventKind kind = command.getKind() == CommandKind.CANCEL ? EventKind.CANCELLED : EventKind.NOTED;
                outputs.add(told(event(command, answer.part(), kind, now)));
            } else if (answer.answer() instanceof HeldAnswer.Told state) {
                outputs.add(told(event(command, answer.part(), EventKind.NOTED, now)
                        .setReceiptState(state.receipt().getState())));
                addReceipt(state, outputs);
            } else {
                LifecycleEvent.Builder event =
                        event(command, answer.part(), EventKind.NOTED, now).setFailure(why(command, failure(answer)));
                HeldAnswer.Told state = answer.state();
                if (state != null) {
                    event.setReceiptState(state.receipt().getState());
                    addReceipt(state, outputs);
                }
                outputs.add(told(event));
            }
        }
        return outputs;
    }

    private static @Nullable Failure failure(PartAnswer answer) {
        if (answer.answer() instanceof HeldAnswer.Refused refused) {
            return refused.failure();
        }
        return answer.answer() instanceof HeldAnswer.Unanswered unanswered ? unanswered.failure() : null;
    }

    private void addReceipt(HeldAnswer.Told state, List<Output> outputs) {
        if (state.receipt().getFinal$()) {
            outputs.add(new Output(topics.receipt().name(), alias + "|" + state.correlationId(), state.receipt()));
        }
    }

    private static @Nullable Failure why(Command command, @Nullable Failure failure) {
        return failure == null
                ? null
                : Failure.newBuilder(failure)
                        .setReason(command.getKind() + ": " + failure.getReason())
                        .build();
    }

    private Output told(LifecycleEvent.Builder event) {
        return new Output(topics.event().name(), event.getMessageId(), event.build());
    }

    private LifecycleEvent.Builder event(Command command, @Nullable HeldPart part, EventKind kind, Instant now) {
        return LifecycleEvent.newBuilder()
                .setMessageId(command.getMessageId())
                .setTo(command.getTo())
                .setFrom(command.getFrom())
                .setPart(part == null ? 1 : part.getNumber())
                .setParts(command.getParts().stream()
                        .mapToInt(HeldPart::getNumber)
                        .reduce(1, Math::max))
                .setKind(kind)
                .setProvider(alias)
                .setProviderMessageId(part == null ? null : part.getProviderMessageId())
                .setAttempt(command.getAttempt())
                .setAt(now)
                .setSource("sender");
    }
}
