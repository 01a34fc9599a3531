package io.smspipeline.router.quality;

import io.smspipeline.record.ProviderQuality;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Measures, in one task, what becomes of what each provider takes for each country. For its stream thread. */
public final class Measuring {
    /** Where the figures are kept. */
    public static final String STORE = "quality";

    private static final int FORM = 1;
    private static final double FINE = 1_000;

    /** Routing need not know sooner, and each word is a record that every router reads. */
    private static final long TELL_EVERY = 5_000;

    private final ProcessorContext<?, ?> context;
    private final KeyValueStore<String, byte[]> store;
    private final UnaryOperator<String> countryOf;
    private final Consumer<Record<String, ProviderQuality>> tell;

    /** The store gets what is published: a task that moves forgets the last few seconds of these figures. */
    private final Map<String, Kept> latest = new HashMap<>();

    /** @param told when these figures were last published, epoch milliseconds */
    private record Kept(Measurement measurement, long told) {}

    /**
     * Over the store of this task.
     *
     * @param countryOf the country of a number
     * @param tell takes what is to be published
     */
    public Measuring(
            ProcessorContext<?, ?> context,
            UnaryOperator<String> countryOf,
            Consumer<Record<String, ProviderQuality>> tell) {
        this.context = context;
        this.store = context.getStateStore(STORE);
        this.countryOf = countryOf;
        this.tell = tell;
    }

    /** The store it needs. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /**
     * A final receipt came.
     *
     * @param to the handset in E.164
     * @param latency since the provider took the part
     */
    public void received(String provider, String to, ReceiptState state, Duration latency) {
        boolean arrived = state == ReceiptState.DELIVERED;
        boolean failed = state == ReceiptState.UNDELIVERABLE
                || state == ReceiptState.EXPIRED
                || state == ReceiptState.REJECTED
                || state == ReceiptState.UNKNOWN;
        if (!arrived && !failed) {
            // Withdrawn, or skipped as it was asked for.
            return;
        }
        long now = context.currentSystemTimeMs();
        String country = countryOf.apply(to);
        String key = provider + "|" + country;
        Kept before = latest.computeIfAbsent(key, this::read);
        Measurement after =
                arrived ? before.measurement.withDelivered(latency, now) : before.measurement.withFailed(now);
        boolean isTold = now - before.told >= TELL_EVERY || now < before.told;
        Kept kept = new Kept(after, isTold ? now : before.told);
        latest.put(key, kept);
        if (isTold) {
            write(key, kept);
            ProviderQuality quality = new ProviderQuality(
                    provider,
                    country,
                    after.delivered(),
                    after.failed(),
                    after.latency(),
                    Instant.ofEpochMilli(after.at()));
            String topicKey = Topics.providerQualityKey(
                    provider, country, context.taskId().partition());
            tell.accept(new Record<>(topicKey, quality, now));
        }
    }

    private Kept read(String key) {
        byte[] octets = store.get(key);
        if (octets == null) {
            return new Kept(Measurement.NOTHING, 0);
        }
        StateReader in = new StateReader("quality", FORM, octets);
        return new Kept(
                new Measurement(in.number() / FINE, in.number() / FINE, in.number() / FINE, in.number()), in.number());
    }

    private void write(String key, Kept kept) {
        Measurement measurement = kept.measurement;
        store.put(
                key,
                new StateWriter(FORM, Long.MAX_VALUE)
                        .number(Math.round(measurement.delivered() * FINE))
                        .number(Math.round(measurement.failed() * FINE))
                        .number(Math.round(measurement.latency() * FINE))
                        .number(measurement.at())
                        .number(kept.told)
                        .written());
    }
}
