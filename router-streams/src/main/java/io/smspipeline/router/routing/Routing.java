package io.smspipeline.router.routing;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.Action;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.DelayStore;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.topic.Topic;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** The work of one routing task: carries out what is decided. For its stream thread. */
final class Routing {
    private static final int FORM = 1;

    private final ProcessorContext<String, SpecificRecord> context;
    private final Placement placement;
    private final Decider decider;
    private final RouteTable table;
    private final RoutingEvents events;
    private final StreamSerdes serdes;
    private final Topic<ReturnedMessage> returned;
    private final DelayStore delayed;

    Routing(RoutingTopology topology, ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.placement = new Placement(topology.partitions());
        this.decider = new Decider(topology.settings());
        this.table = topology.settings().table();
        this.events = new RoutingEvents(topology.flow().application());
        this.serdes = topology.serdes();
        this.returned = topology.flow().returned(topology.topics());
        this.delayed = new DelayStore(context, RoutingTopology.DELAYED, this::release);
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
        } else {
            throw new IllegalStateException("routing reads messages only, and was given a "
                    + record.value().getClass().getName());
        }
    }

    /** @param mayMove false for what we moved ourselves: a message is moved once, wherever it then lies */
    private void begin(OutgoingMessage message, Record<String, SpecificRecord> record, boolean mayMove, Instant now) {
        Msisdn.Parsed parsed = Msisdn.parse(message.getTo());
        if (parsed instanceof Msisdn.Valid valid) {
            message.setTo(valid.msisdn().value());
            if (mayMove && misplaced(record.key(), message.getTo())) {
                move(message, record.headers(), now);
                return;
            }
        }
        Failure refusal = Admission.unfit(message).orElse(null);
        if (parsed instanceof Msisdn.Invalid invalid) {
            refusal = new Failure(FailureCode.INVALID_RECIPIENT, invalid.reason(), null, null, true);
        }
        if (refusal != null) {
            message.setId(MessageName.of(message.getId(), this::place));
            tell(events.refused(message, 1, refusal, now), record.headers(), now);
            return;
        }
        decide(undecided(message, ReturnReason.UNSPECIFIED, now), record.headers(), now);
    }

    private boolean misplaced(String key, String recipient) {
        return context.recordMetadata()
                .map(RecordMetadata::partition)
                .map(partition -> !placement.right(key, partition, recipient))
                .orElse(false);
    }

    private void move(OutgoingMessage message, Headers headers, Instant now) {
        context.forward(
                new Record<>(
                        message.getTo(), undecided(message, ReturnReason.REKEYED, now), now.toEpochMilli(), headers),
                RoutingTopology.RETURNED);
    }

    private String place() {
        return context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "-" + at.offset())
                .orElse("unknown");
    }

    private void decide(ReturnedMessage undecided, Headers headers, Instant now) {
        OutgoingMessage message = undecided.getMessage();
        Decision decision = decider.decide(undecided, now);
        int attempt = undecided.getAttempt() + 1;
        if (decision instanceof Decision.Carry carry) {
            submit(undecided, attempt, carry.choice(), headers, now);
            tell(events.routed(message, attempt, carry.choice().provider(), now), headers, now);
        } else if (decision instanceof Decision.Hold hold) {
            delayed.hold(hold.due(), message.getId(), held(undecided, headers));
            if (hold.asked()) {
                tell(events.scheduled(message, now), headers, now);
            }
        } else if (decision instanceof Decision.Expire expire) {
            tell(events.expired(message, attempt, expire.failure(), now), headers, now);
        } else if (decision instanceof Decision.Refuse refuse) {
            tell(events.refused(message, attempt, refuse.failure(), now), headers, now);
        }
    }

    private void submit(ReturnedMessage undecided, int attempt, Choice.Carried choice, Headers headers, Instant now) {
        RoutedMessage routed = new RoutedMessage(
                undecided.getMessage(),
                choice.provider(),
                choice.alternatives(),
                choice.rule(),
                table.version(),
                attempt,
                undecided.getTried(),
                null,
                Action.SUBMIT,
                now);
        context.forward(
                new Record<>(undecided.getMessage().getTo(), routed, now.toEpochMilli(), headers),
                RoutingTopology.SUBMIT);
    }

    private void tell(LifecycleEvent event, Headers headers, Instant now) {
        context.forward(new Record<>(event.getMessageId(), event, now.toEpochMilli(), headers), RoutingTopology.EVENT);
    }

    private static ReturnedMessage undecided(OutgoingMessage message, ReturnReason reason, Instant now) {
        return new ReturnedMessage(message, reason, List.of(), 0, null, null, now);
    }

    private byte[] held(ReturnedMessage undecided, Headers headers) {
        return new StateWriter(FORM, Long.MAX_VALUE)
                .octets(serdes.write(returned, undecided))
                .headers(headers)
                .written();
    }

    private void release(byte[] value, long now) {
        StateReader reader = new StateReader("delayed message", FORM, value);
        ReturnedMessage undecided = serdes.read(returned, reader.octets());
        decide(undecided, reader.headers(), Instant.ofEpochMilli(now));
    }
}
