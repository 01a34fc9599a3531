package io.smspipeline.quickstart.story;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OutgoingMessage;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be done about a message when somebody wants something of it: a command, or nothing, as all is said already. */
public sealed interface Order {
    /** To be published. */
    record Give(Command command) implements Order {}

    /**
     * Nothing is to be asked of anybody.
     *
     * @param done whether that is what was wanted
     * @param reason why; null when the state says all
     */
    record Answered(boolean done, @Nullable String reason) implements Order {}

    /** No word of the provider brings these back. */
    Set<MessageState> ENDS = Set.of(
            MessageState.DELIVERED,
            MessageState.UNDELIVERABLE,
            MessageState.EXPIRED,
            MessageState.REJECTED,
            MessageState.CANCELLED);

    /**
     * What a story makes of a wish.
     *
     * @param story of a message that is known; for RESEND with the message as published, if it is still there
     * @param wanted CANCEL, QUERY, RESEND or FAIL
     * @param by who wants it
     */
    static Order of(Story story, CommandKind wanted, String by, Instant now) {
        MessageState state = story.state();
        return switch (wanted) {
            case CANCEL ->
                state != null && ENDS.contains(state)
                        ? new Answered(false, "it is " + state + " already")
                        : new Give(command(story, wanted, by, now));
            case QUERY ->
                (state != null && ENDS.contains(state)) || story.held().isEmpty()
                        ? new Answered(true, null)
                        : new Give(command(story, wanted, by, now));
            case RESEND, FAIL -> resolve(story, wanted, by, now);
            case NONE, REPLACE -> throw new IllegalArgumentException("nobody orders " + wanted + " by hand");
        };
    }

    private static Order resolve(Story story, CommandKind wanted, String by, Instant now) {
        MessageState state = story.state();
        if (state != MessageState.UNCERTAIN) {
            return new Answered(
                    false,
                    "it is " + (state == null ? "not routed yet" : state)
                            + ": only a message that is UNCERTAIN can be resolved");
        }
        Command command = command(story, wanted, by, now);
        if (wanted == CommandKind.RESEND) {
            OutgoingMessage message = story.message();
            if (message == null) {
                return new Answered(false, "the topics do not hold its text any more: publish it anew");
            }
            command.setMessage(message);
        }
        return new Give(command);
    }

    private static Command command(Story story, CommandKind kind, String by, Instant now) {
        MessageStatus latest = story.latest().orElse(null);
        // What waits for its time is ours alone, whoever had it before.
        boolean ours = latest != null && latest.getState() == MessageState.SCHEDULED;
        return Command.newBuilder()
                .setMessageId(story.id())
                .setTo(story.to())
                .setKind(kind)
                .setProvider(ours ? null : story.provider())
                .setFrom(story.from())
                .setParts(story.held())
                .setAttempt(story.attempt())
                .setRequestedBy(by)
                .setAt(now)
                .build();
    }
}
