package io.smspipeline.router.status;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.router.wire.Tally;
import io.smspipeline.service.logging.PersonalData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one task that brings receipts and acceptances together. For its stream thread. */
final class Correlating {
    private static final Logger LOG = LoggerFactory.getLogger(Correlating.class);

    private final ProcessorContext<String, LifecycleEvent> context;
    private final KeyValueStore<String, byte[]> store;
    private final Correlation correlation;
    private final Sweep sweep;
    private final Tally unmatched;
    private final Tally repeated;
    private final Tally intermediate;

    Correlating(StatusSettings settings, ProcessorContext<String, LifecycleEvent> context) {
        this.context = context;
        this.store = context.getStateStore(StatusTopology.CORRESPONDENCE);
        this.correlation = new Correlation(settings);
        this.sweep = new Sweep(context, store, settings.shortest(), this::overdue);
        this.unmatched = Tally.of(context, "receipts-unmatched");
        this.repeated = Tally.of(context, "receipts-repeated");
        this.intermediate = Tally.of(context, "receipts-intermediate");
    }

    void process(Record<String, SpecificRecord> record) {
        long now = context.currentSystemTimeMs();
        if (record.value() instanceof LifecycleEvent accepted) {
            if (!accepted.getAlsoKnownAs()) {
                context.forward(record.withKey(accepted.getMessageId()).withValue(accepted));
            }
            if (!nameless(record.key())) {
                keep(record, correlation.accepted(known(record.key()), accepted, now));
            }
        } else if (record.value() instanceof Receipt receipt) {
            received(record, receipt, now);
        }
    }

    private void received(Record<String, SpecificRecord> record, Receipt receipt, long now) {
        if (!receipt.getFinal$()) {
            // It stays in its topic for whoever wants to see it; no state of ours depends on it.
            intermediate.add(1);
        } else if (nameless(record.key())) {
            unmatched.add(1);
            report(
                    receipt.getProvider(),
                    "",
                    receipt.getHandset(),
                    receipt.getState().name(),
                    "it names no id");
        } else {
            keep(record, correlation.received(known(record.key()), receipt, now));
        }
    }

    /** What has no id all lies under one key, would pile up there, and could never be told apart. */
    private static boolean nameless(@Nullable String key) {
        return key == null || key.endsWith("|");
    }

    private Correspondence known(String key) {
        byte[] octets = store.get(key);
        return octets == null ? Correspondence.NONE : Correspondence.read(octets);
    }

    private void keep(Record<String, SpecificRecord> record, Correlation.Outcome outcome) {
        write(record.key(), outcome.after());
        outcome.receipt()
                .ifPresent(event ->
                        context.forward(record.withKey(event.getMessageId()).withValue(event)));
    }

    private void write(String key, Correspondence after) {
        if (after.isEmpty()) {
            store.delete(key);
        } else {
            store.put(key, after.written());
            sweep.expect(after.deadline());
        }
    }

    private void overdue(Sweep.Due due) {
        Correlation.Rest rest = correlation.withoutOverdue(Correspondence.read(due.value()), due.now());
        repeated.add(rest.repeats());
        unmatched.add(rest.unmatched().size());
        for (ParkedReceipt receipt : rest.unmatched()) {
            report(
                    receipt.provider(),
                    due.key(),
                    receipt.handset(),
                    receipt.state().name(),
                    "no submission with this id and handset is known");
        }
        write(due.key(), rest.after());
    }

    private static void report(String provider, String key, String handset, String state, String why) {
        LOG.warn(
                "receipt outcome=unmatched provider={} key={} handset={} state={}: {}",
                provider,
                key,
                PersonalData.MASKED.msisdn(handset),
                state,
                why);
    }
}
