package io.smspipeline.router.status;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.Receipt;
import io.smspipeline.router.quality.Measuring;
import io.smspipeline.router.routing.Destination;
import io.smspipeline.router.waiting.Alarm;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.router.wire.Tally;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.settings.PersonalData;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work of one task that brings receipts and acceptances together. For its stream thread. */
final class Correlating {
    private static final Logger LOG = LoggerFactory.getLogger(Correlating.class);

    /** An acceptance that its receipt overtook is here by then. */
    static final long HESITATION = 3_000;

    /** Beyond this nothing more is put off. */
    private static final int MOST_UNSURE = 10_000;

    /** @param at when to decide, epoch milliseconds */
    private record Unsure(String key, long at) {}

    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, byte[]> store;
    private final IdRules rules;
    private final Correlation correlation;
    private final Sweep sweep;
    private final Alarm secondLook;
    private final Deque<Unsure> unsure = new ArrayDeque<>();
    private final Map<String, Map<IdRule, Tally>> byRule = new HashMap<>();
    private final Tally unmatched;
    private final Tally repeated;
    private final Tally intermediate;
    private final Measuring measuring;

    /** @param rules shared by all tasks of the process */
    Correlating(StatusSettings settings, IdRules rules, ProcessorContext<String, SpecificRecord> context) {
        this.context = context;
        this.store = context.getStateStore(StatusTopology.CORRESPONDENCE);
        this.rules = rules;
        this.correlation = new Correlation(settings, rules);
        this.secondLook = new Alarm(context, this::lookAgain);
        this.sweep = new Sweep(context, store, settings.shortest(), this::overdue);
        this.unmatched = Tally.of(context, "receipts-unmatched");
        this.repeated = Tally.of(context, "receipts-repeated");
        this.intermediate = Tally.of(context, "receipts-intermediate");
        this.measuring =
                new Measuring(context, Destination::countryOf, told -> context.forward(told, StatusTopology.QUALITY));
    }

    void process(Record<String, SpecificRecord> record) {
        long now = context.currentSystemTimeMs();
        if (record.value() instanceof LifecycleEvent accepted) {
            String provider = accepted.getProvider();
            if (!accepted.getAlsoKnownAs()) {
                context.forward(record.withValue(accepted), StatusTopology.HAPPENED);
            } else if (provider != null) {
                rules.isOpenFor(provider);
            }
            if (!nameless(record.key())) {
                keep(record, correlation.accepted(known(record.key()), accepted, now), now);
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
            keep(record, correlation.received(known(record.key()), receipt, now), now);
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

    private void keep(Record<String, SpecificRecord> record, Correlation.Outcome outcome, long now) {
        String key = record.key();
        write(key, outcome.after(), outcome.unsure() ? now + HESITATION : Long.MAX_VALUE);
        outcome.match().ifPresent(match -> tell(match, record.headers(), record.timestamp()));
        if (outcome.unsure()) {
            if (unsure.size() < MOST_UNSURE) {
                unsure.addLast(new Unsure(key, now + HESITATION));
                secondLook.at(now + HESITATION);
            } else {
                settle(key, now);
            }
        }
    }

    private void tell(Correlation.Match match, Headers headers, long timestamp) {
        LifecycleEvent event = match.event();
        context.forward(new Record<>(event.getMessageId(), event, timestamp, headers), StatusTopology.HAPPENED);
        String provider = match.receipt().provider();
        measuring.received(
                provider,
                match.awaited().to(),
                match.receipt().state(),
                Duration.ofMillis(match.receipt().receivedAt() - match.awaited().acceptedAt()));
        rules.observe(
                        provider,
                        match.awaited().providerMessageId(),
                        match.receipt().id())
                .ifPresent(observed -> {
                    IdRule rule = observed.rule();
                    byRule.computeIfAbsent(provider, alias -> new EnumMap<>(IdRule.class))
                            .computeIfAbsent(rule, name -> Tally.of(context, provider, "receipts-by-" + name.setting()))
                            .add(1);
                    if (observed.isNew()) {
                        LOG.warn(
                                "receipts of {} use {}: set message-id-format: {} for it, so that a receipt is looked up"
                                        + " under one form only",
                                provider,
                                rule.setting(),
                                rule.setting());
                    }
                });
    }

    private void lookAgain(long now) {
        while (!unsure.isEmpty() && unsure.getFirst().at <= now) {
            settle(unsure.removeFirst().key, now);
        }
        if (!unsure.isEmpty()) {
            secondLook.at(unsure.getFirst().at);
        }
    }

    private Correspondence settle(String key, long now) {
        Correlation.Outcome outcome = correlation.unsure(known(key), now);
        while (outcome.match().isPresent()) {
            tell(outcome.match().get(), new RecordHeaders(), now);
            outcome = correlation.unsure(outcome.after(), now);
        }
        write(key, outcome.after(), Long.MAX_VALUE);
        return outcome.after();
    }

    /** @param atLatest when to look at it again, should this task end before: whoever continues it begins with a sweep */
    private void write(String key, Correspondence after, long atLatest) {
        if (after.isEmpty()) {
            store.delete(key);
        } else {
            store.put(key, after.written(Math.min(after.deadline(), atLatest)));
            sweep.expect(after.deadline());
        }
    }

    private void overdue(Sweep.Due due) {
        Correlation.Rest rest = correlation.withoutOverdue(settle(due.key(), due.now()), due.now());
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
        write(due.key(), rest.after(), Long.MAX_VALUE);
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
