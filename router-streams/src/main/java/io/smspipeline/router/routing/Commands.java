package io.smspipeline.router.routing;

import io.smspipeline.record.Action;
import io.smspipeline.record.Command;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.schemas.address.Msisdn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Carries out what is commanded about messages. Both applications read every command, as each knows only what it holds itself;
 * what concerns neither of them is done by {@link Flow#HIGH}, so that it is done once. For the stream thread of its task.
 */
final class Commands {
    /** A command that its sender cannot take up for longer is no longer what its giver meant. */
    static final Duration VALIDITY = Duration.ofHours(1);

    private final ProcessorContext<String, SpecificRecord> context;
    private final boolean answers;
    private final Placement placement;
    private final LiveTable live;
    private final RoutingEvents events;
    private final Held held;
    private final Commanded commanded;
    private final Held.Release resend;

    /** @param resend decides a message once more, and marks it as a possible repeat */
    Commands(
            RoutingTopology topology,
            LiveTable live,
            ProcessorContext<String, SpecificRecord> context,
            Held held,
            Commanded commanded,
            Held.Release resend) {
        this.context = context;
        this.answers = topology.flow() == Flow.HIGH;
        this.placement = new Placement(topology.partitions());
        this.live = live;
        this.events = new RoutingEvents(topology.flow().application());
        this.held = held;
        this.commanded = commanded;
        this.resend = resend;
    }

    void carryOut(Command command, Record<String, SpecificRecord> record, Instant now) {
        String to = command.getTo();
        command.setTo(Msisdn.parse(to).number().map(Msisdn::value).orElse(to));
        Headers headers = record.headers();
        if (placement.wrong(record.key(), context, command.getTo())) {
            if (answers) {
                context.forward(
                        new Record<>(command.getTo(), command, now.toEpochMilli(), headers), RoutingTopology.COMMAND);
            }
        } else {
            switch (command.getKind()) {
                case CANCEL -> cancel(command, headers, now);
                case QUERY, REPLACE -> passOn(command, headers, now);
                case RESEND -> resend(command, headers, now);
                case FAIL -> fail(command, headers, now);
                case NONE ->
                    note(command, FailureCode.UNSUPPORTED, "this version does not know this command", headers, now);
            }
        }
    }

    private void cancel(Command command, Headers headers, Instant now) {
        commanded.cancel(command.getMessageId(), now);
        Optional<ReturnedMessage> withdrawn = held.withdraw(command.getMessageId());
        if (withdrawn.isPresent()) {
            ReturnedMessage waiting = withdrawn.get();
            tell(events.cancelled(waiting.getMessage(), waiting.getAttempt() + 1, now), headers, now);
        } else if (command.getProvider() != null) {
            passOn(command, headers, now);
        } else if (answers) {
            tell(
                    events.noted(
                            command,
                            new Failure(
                                    FailureCode.GENERIC,
                                    "no provider is known to have it: it is withdrawn when it comes by here",
                                    null,
                                    null,
                                    false),
                            now),
                    headers,
                    now);
        }
    }

    private void resend(Command command, Headers headers, Instant now) {
        OutgoingMessage message = command.getMessage();
        if (message == null || !message.getId().equals(command.getMessageId())) {
            note(command, FailureCode.REQUEST, "the command does not carry the message", headers, now);
        } else if (isFirst(command, headers, now)) {
            message.setTo(command.getTo());
            resend.release(
                    new ReturnedMessage(
                            message, null, ReturnReason.UNSPECIFIED, List.of(), command.getAttempt(), null, null, now),
                    headers,
                    now);
        }
    }

    private void fail(Command command, Headers headers, Instant now) {
        if (isFirst(command, headers, now)) {
            String provider = command.getProvider();
            Failure failure = new Failure(
                    FailureCode.GENERIC,
                    "ended by " + (command.getRequestedBy().isEmpty() ? "an operator" : command.getRequestedBy())
                            + ": nobody knows whether " + (provider == null ? "the provider" : provider) + " took it",
                    null,
                    null,
                    true);
            tell(events.failed(command, failure, now), headers, now);
        }
    }

    private boolean isFirst(Command command, Headers headers, Instant now) {
        if (!answers) {
            return false;
        }
        boolean first = commanded.resolve(command.getMessageId(), command.getAttempt(), now);
        if (!first) {
            note(
                    command,
                    FailureCode.DUPLICATE,
                    "attempt " + command.getAttempt() + " was resolved before",
                    headers,
                    now);
        }
        return first;
    }

    private void passOn(Command command, Headers headers, Instant now) {
        String provider = command.getProvider();
        if (provider == null) {
            note(command, FailureCode.REQUEST, "no provider is known to have it", headers, now);
        } else if (!live.current(context).knows(provider)) {
            note(
                    command,
                    FailureCode.NO_ROUTE,
                    "provider '" + provider + "' is not configured any more: nobody can ask it",
                    headers,
                    now);
        } else if (answers) {
            RoutedMessage routed = new RoutedMessage(
                    standIn(command, now),
                    null,
                    provider,
                    List.of(),
                    null,
                    live.current(context).version(),
                    command.getAttempt(),
                    List.of(),
                    null,
                    Action.COMMAND,
                    command,
                    false,
                    now);
            context.forward(new Record<>(command.getTo(), routed, now.toEpochMilli(), headers), RoutingTopology.SUBMIT);
        }
    }

    /** So that who reads the queue finds recipient, lane and deadline where they always are. */
    private static OutgoingMessage standIn(Command command, Instant now) {
        return OutgoingMessage.newBuilder()
                .setId(command.getMessageId())
                .setTo(command.getTo())
                .setFrom(command.getFrom())
                .setContent(new TextContent("(" + command.getKind() + ")"))
                .setPriority(Priority.HIGH)
                .setValidUntil(now.plus(VALIDITY))
                .setCreatedAt(command.getAt())
                .build();
    }

    private void note(Command command, FailureCode code, String reason, Headers headers, Instant now) {
        if (answers) {
            tell(
                    events.noted(command, new Failure(code, command.getKind() + ": " + reason, null, null, true), now),
                    headers,
                    now);
        }
    }

    private void tell(LifecycleEvent event, Headers headers, Instant now) {
        context.forward(new Record<>(event.getMessageId(), event, now.toEpochMilli(), headers), RoutingTopology.EVENT);
    }
}
