package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MoPart;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.DelayStore;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.router.wire.Tally;
import io.smspipeline.schemas.providerid.PartIds;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The work of one inbound task. For its stream thread. */
final class Receiving {
    private static final int FORM = 1;

    /** Their reference tells a part that comes again from another message, even of the same words. */
    private static final long PARTS_REMEMBERED = Duration.ofDays(1).toMillis();

    /** Of providers that give ids the most patient one, BulkSMS, tries for two days. */
    private static final long GIVEN_REMEMBERED = Duration.ofDays(3).toMillis();

    private final InboundSettings settings;
    private final Topics topics;
    private final StreamSerdes serdes;
    private final ProcessorContext<String, InboundMessage> context;
    private final KeyValueStore<String, byte[]> seen;
    private final KeyValueStore<String, byte[]> joining;
    private final Sweep seenSweep;
    private final Sweep joiningSweep;
    private final DelayStore waiting;
    private final ReplyIndex replies;
    private final Tally repeated;
    private final Tally partial;

    Receiving(InboundTopology topology, ProcessorContext<String, InboundMessage> context) {
        this.settings = topology.settings();
        this.topics = topology.topics();
        this.serdes = topology.serdes();
        this.context = context;
        this.seen = context.getStateStore(InboundTopology.SEEN);
        this.joining = context.getStateStore(InboundTopology.JOINING);
        this.seenSweep = new Sweep(
                context,
                seen,
                Math.min(settings.repeatsWithin().toMillis(), PARTS_REMEMBERED),
                due -> seen.delete(due.key()));
        this.joiningSweep = new Sweep(context, joining, settings.joinTimeout().toMillis(), this::giveUp);
        this.waiting = new DelayStore(context, InboundTopology.WAITING, this::release);
        this.replies = new ReplyIndex(context, settings.replyWithin());
        this.repeated = Tally.of(context, "mo-parts-repeated");
        this.partial = Tally.of(context, "mo-partial");
    }

    void process(Record<String, SpecificRecord> record) {
        if (record.value() instanceof MoPart part) {
            receive(part, record.headers());
        } else if (record.value() instanceof LifecycleEvent accepted) {
            replies.remember(accepted, context.currentSystemTimeMs());
        }
    }

    private void receive(MoPart part, Headers headers) {
        long now = context.currentSystemTimeMs();
        if (seen.get(part.getId()) != null) {
            repeated.add(1);
            return;
        }
        boolean alone = Joining.alone(part);
        long deadline = now + remembered(part, alone);
        seen.put(part.getId(), new StateWriter(FORM, deadline).written());
        seenSweep.expect(deadline);
        if (alone) {
            complete(List.of(part), headers, now);
        } else {
            join(part, headers, now);
        }
    }

    private long remembered(MoPart part, boolean alone) {
        if (PartIds.isGiven(part)) {
            return GIVEN_REMEMBERED;
        }
        return alone ? settings.repeatsWithin().toMillis() : PARTS_REMEMBERED;
    }

    private void join(MoPart part, Headers headers, long now) {
        String key = Joining.key(part);
        byte[] octets = joining.get(key);
        List<MoPart> parts = new ArrayList<>();
        long deadline = now + settings.joinTimeout().toMillis();
        if (octets != null) {
            parts.addAll(parts(octets));
            deadline = StateReader.deadlineOf(octets);
        }
        if (parts.stream().anyMatch(other -> other.getPart() == part.getPart())) {
            // A reference has 8 bits and comes round: this is another message, and the earlier one will get no more
            // parts.
            complete(parts, new RecordHeaders(), now);
            parts.clear();
            deadline = now + settings.joinTimeout().toMillis();
        }
        parts.add(part);
        if (parts.size() == part.getParts()) {
            joining.delete(key);
            complete(parts, headers, now);
        } else {
            joining.put(key, written(parts, deadline));
            joiningSweep.expect(deadline);
        }
    }

    private void giveUp(Sweep.Due due) {
        joining.delete(due.key());
        complete(parts(due.value()), new RecordHeaders(), due.now());
    }

    private void complete(List<MoPart> parts, Headers headers, long now) {
        InboundMessage message = Joining.join(parts);
        partial.add(message.getPartial() ? 1 : 0);
        long patience = settings.replyWait().toMillis();
        if (patience == 0) {
            publish(message, headers, now);
        } else {
            hold(message, headers, now + patience / 4, now + patience);
        }
    }

    private void hold(InboundMessage message, Headers headers, long until, long atMost) {
        waiting.hold(
                until,
                message.getId(),
                new StateWriter(FORM, atMost)
                        .octets(serdes.write(topics.inbound(), message))
                        .headers(headers)
                        .written());
    }

    private void release(byte[] value, long now) {
        StateReader in = new StateReader("waiting message", FORM, value);
        InboundMessage message = serdes.read(topics.inbound(), in.octets());
        Headers headers = in.headers();
        if (now < in.deadline() && !replies.knows(message.getFrom(), message.getTo(), now)) {
            hold(
                    message,
                    headers,
                    Math.min(in.deadline(), now + settings.replyWait().toMillis() / 4),
                    in.deadline());
        } else {
            publish(message, headers, now);
        }
    }

    private void publish(InboundMessage message, Headers headers, long now) {
        message.setInReplyTo(replies.answered(message.getFrom(), message.getTo(), now));
        context.forward(new Record<>(message.getFrom(), message, now, headers));
    }

    private byte[] written(List<MoPart> parts, long deadline) {
        return new StateWriter(FORM, deadline)
                .list(parts, (out, part) -> out.octets(serdes.write(topics.mo(), part)))
                .written();
    }

    private List<MoPart> parts(byte[] octets) {
        return new StateReader("message being joined", FORM, octets).list(in -> serdes.read(topics.mo(), in.octets()));
    }
}
