package io.smspipeline.router.routing;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.Action;
import io.smspipeline.record.Command;
import io.smspipeline.record.Failure;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.entry.Entered;
import io.smspipeline.router.entry.OptOuts;
import io.smspipeline.router.provider.ProviderTables;
import io.smspipeline.router.quality.QualityTable;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The work of one routing task: carries out what is decided. For its stream thread. */
final class Routing {
    private final ProcessorContext<String, SpecificRecord> context;
    private final Placement placement;
    private final Decider decider;
    private final LiveTable live;
    private final RoutingEvents events;
    private final Held held;
    private final Commanded commanded;
    private final Commands commands;
    private final ProviderTables providers;
    private final Entered entered;
    private final OptOuts optOuts;
    private final QualityTable quality;

    Routing(RoutingTopology topology, LiveTable live, ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.placement = new Placement(topology.partitions());
        this.decider = new Decider(topology.settings());
        this.live = live;
        this.events = new RoutingEvents(topology.flow().application());
        this.held = new Held(topology, context, this::decide);
        this.commanded = new Commanded(context, topology.settings().longest());
        this.providers = new ProviderTables(
                topology.topics(), topology.serdes(), topology.settings().providers(), context);
        this.entered = new Entered(context, topology.settings().entry(), topology.partitions());
        this.optOuts = new OptOuts(context, topology.topics(), topology.serdes());
        this.quality = new QualityTable(topology.topics(), topology.serdes(), context);
        this.commands = new Commands(topology, live, context, held, commanded, this::resend);
    }

    void route(Record<String, SpecificRecord> record) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        if (record.value() instanceof OutgoingMessage message) {
            begin(message, record, true, now);
        } else if (record.value() instanceof ReturnedMessage back) {
            if (back.getReason() == ReturnReason.REKEYED) {
                begin(back.getMessage(), record, false, now);
            } else {
                decide(back, record.headers(), now);
            }
        } else if (record.value() instanceof Command command) {
            commands.carryOut(command, record, now);
        } else {
            throw new IllegalStateException("routing reads messages and commands, and was given a "
                    + record.value().getClass().getName());
        }
    }

    /** @param mayMove false for what we moved ourselves: a message is moved once, wherever it then lies */
    private void begin(OutgoingMessage message, Record<String, SpecificRecord> record, boolean mayMove, Instant now) {
        Optional<Failure> unread = decider.normalised(message);
        if (unread.isEmpty() && mayMove && placement.wrong(record.key(), context, message.getTo())) {
            move(message, record.headers(), now);
            return;
        }
        Failure refusal = unread.or(() -> Admission.unfit(message)).orElse(null);
        if (refusal == null && entered.isRepeated(message, now)) {
            tell(events.repeated(message, now), record.headers(), now);
            return;
        }
        if (refusal == null) {
            refusal = entered.duplicate(message, now).orElse(null);
        }
        if (refusal != null) {
            message.setId(MessageName.of(message.getId(), this::place));
            tell(events.refused(message, 1, refusal, now), record.headers(), now);
            return;
        }
        decide(Decider.undecided(message, ReturnReason.UNSPECIFIED, now), record.headers(), now);
    }

    private void move(OutgoingMessage message, Headers headers, Instant now) {
        context.forward(
                new Record<>(
                        message.getTo(),
                        Decider.undecided(message, ReturnReason.REKEYED, now),
                        now.toEpochMilli(),
                        headers),
                RoutingTopology.RETURNED);
    }

    private String place() {
        return context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "-" + at.offset())
                .orElse("unknown");
    }

    private void decide(ReturnedMessage undecided, Headers headers, Instant now) {
        decide(undecided, false, headers, now);
    }

    /** A person says that it is to be submitted again, although the first time may have succeeded. */
    private void resend(ReturnedMessage undecided, Headers headers, Instant now) {
        decide(undecided, true, headers, now);
    }

    private void decide(ReturnedMessage undecided, boolean possibleRepeat, Headers headers, Instant now) {
        OutgoingMessage message = undecided.getMessage();
        int attempt = undecided.getAttempt() + 1;
        if (commanded.isCancelled(message.getId())) {
            tell(events.cancelled(message, attempt, now), headers, now);
            return;
        }
        // One version for all of it: the table may change at any moment.
        RouteTable table = live.current(context);
        Decision decision = decider.decide(undecided, table, providers.view(), quality, now);
        if (decision instanceof Decision.Carry carry) {
            // Should it wait all the same, it is decided by what was asked for.
            undecided.setAsked(carry.asked());
        }
        decision = allowed(decision, undecided, table, now);
        if (decision instanceof Decision.Carry carry) {
            submit(undecided, attempt, carry, table.version(), possibleRepeat, headers, now);
            tell(events.routed(message, attempt, carry.choice().provider(), possibleRepeat, now), headers, now);
        } else if (decision instanceof Decision.Hold hold) {
            held.hold(hold.due(), undecided, headers);
            if (hold.told()) {
                tell(events.scheduled(message, now), headers, now);
            }
        } else if (decision instanceof Decision.Expire expire) {
            tell(events.expired(message, attempt, expire.failure(), now), headers, now);
        } else if (decision instanceof Decision.Refuse refuse) {
            tell(events.refused(message, attempt, refuse.failure(), now), headers, now);
        }
    }

    /** What the recipient and the caps say to its being carried now. A message is counted once, when it could go. */
    private Decision allowed(Decision decision, ReturnedMessage undecided, RouteTable table, Instant now) {
        if (!(decision instanceof Decision.Carry carry)) {
            return decision;
        }
        OutgoingMessage message = undecided.getMessage();
        Optional<Failure> unwanted = decider.unwanted(message, carry.choice(), optOuts);
        if (unwanted.isPresent()) {
            return new Decision.Refuse(unwanted.get());
        }
        if (undecided.getReason() != ReturnReason.UNSPECIFIED || undecided.getAttempt() > 0) {
            return decision;
        }
        Entered.Verdict verdict = entered.count(message, now);
        if (verdict instanceof Entered.Verdict.TooMany tooMany) {
            return new Decision.Refuse(tooMany.failure());
        }
        if (verdict instanceof Entered.Verdict.Later later) {
            undecided.setReason(ReturnReason.CAPPED);
            undecided.setNotBefore(Instant.ofEpochMilli(later.due()));
            return decider.decide(undecided, table, providers.view(), quality, now);
        }
        return decision;
    }

    private void submit(
            ReturnedMessage undecided,
            int attempt,
            Decision.Carry carry,
            long version,
            boolean possibleRepeat,
            Headers headers,
            Instant now) {
        Choice.Carried choice = carry.choice();
        RoutedMessage routed = new RoutedMessage(
                undecided.getMessage(),
                carry.asked(),
                choice.provider(),
                choice.alternatives(),
                choice.rule(),
                version,
                attempt,
                undecided.getTried(),
                null,
                Action.SUBMIT,
                null,
                possibleRepeat,
                now);
        context.forward(
                new Record<>(undecided.getMessage().getTo(), routed, now.toEpochMilli(), headers),
                RoutingTopology.SUBMIT);
    }

    private void tell(LifecycleEvent event, Headers headers, Instant now) {
        context.forward(new Record<>(event.getMessageId(), event, now.toEpochMilli(), headers), RoutingTopology.EVENT);
    }
}
