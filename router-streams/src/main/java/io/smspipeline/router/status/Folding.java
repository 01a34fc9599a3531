package io.smspipeline.router.status;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.router.wire.OptOutSink;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** The work of one task that folds events into states. For its stream thread. */
final class Folding {
    private final StatusSettings settings;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, byte[]> store;
    private final Sweep sweep;
    private final Inquiries inquiries;

    Folding(StatusSettings settings, ProcessorContext<String, SpecificRecord> context) {
        this.settings = settings;
        this.context = context;
        this.store = context.getStateStore(StatusTopology.MESSAGES);
        this.sweep = new Sweep(context, store, settings.shortest(), this::overdue);
        this.inquiries = new Inquiries(
                settings.ask(),
                context,
                command -> context.forward(
                        new Record<>(command.getTo(), command, command.getAt().toEpochMilli()),
                        StatusTopology.COMMAND));
    }

    void process(Record<String, LifecycleEvent> record) {
        LifecycleEvent event = record.value();
        // The event's own word: what the record is keyed by is the publisher's business.
        String id = event.getMessageId();
        byte[] octets = store.get(id);
        MessageRecord before = octets == null ? null : MessageRecord.read(octets);
        StatusFold.Folded folded = StatusFold.fold(before, event);
        MessageRecord after = folded.record();
        if (after != null && after != before) {
            write(id, after, context.currentSystemTimeMs());
        }
        folded.status()
                .ifPresent(status -> context.forward(record.withKey(id).withValue(status), StatusTopology.STATUS));
        ProviderOptOut.of(event)
                .ifPresent(optOut -> context.forward(record.withKey(id).withValue(optOut), OptOutSink.ENTRY));
    }

    private void overdue(Sweep.Due due) {
        MessageRecord before = MessageRecord.read(due.value());
        if (before.finished()) {
            store.delete(due.key());
            return;
        }
        StatusFold.Folded folded = StatusFold.silence(due.key(), before, Instant.ofEpochMilli(due.now()));
        MessageRecord after = folded.record();
        if (after != null) {
            write(due.key(), after, due.now());
        }
        folded.status()
                .ifPresent(
                        status -> context.forward(new Record<>(due.key(), status, due.now()), StatusTopology.STATUS));
    }

    private void write(String id, MessageRecord record, long now) {
        long deadline = deadline(record, now);
        store.put(id, record.written(deadline));
        sweep.expect(deadline);
        inquiries.watch(id, record, now);
    }

    private long deadline(MessageRecord record, long now) {
        if (record.finished()) {
            return now + settings.grace().toMillis();
        }
        MessageState state = record.state();
        if (state == MessageState.SCHEDULED) {
            // We hold it ourselves, for as long as its application asked.
            return Long.MAX_VALUE;
        }
        return now
                + (state == MessageState.UNCERTAIN || state == MessageState.ACCEPTED
                        ? settings.receiptTimeout().toMillis()
                        : settings.silence().toMillis());
    }
}
