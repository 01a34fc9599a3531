package io.smspipeline.router.status;

import io.smspipeline.record.Command;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageStatus;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.ProviderQuality;
import io.smspipeline.router.quality.Measuring;
import io.smspipeline.router.wire.Naming;
import io.smspipeline.router.wire.OptOutSink;
import io.smspipeline.router.wire.Step;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Everything that happened to a message, into its states:
 *
 * <pre>
 *            by provider id                      by message id
 * sms.accepted ─┐
 *               ├─► correlate ─► by-message ─┐
 * sms.receipt ──┘   │  ▲                     ├─► fold ─► sms.status
 *                   ▼  │         sms.event ──┘   │  ▲ ├──► sms.command   a receipt is late: ask
 *         correspondence, quality                ▼  │ └──► sms.opt-out   a provider said so
 *                   │                         messages, silent
 *                   ▼
 *         sms.provider-quality
 * </pre>
 *
 * Acceptances and receipts of one message take the same way, so that none overtakes the other behind {@code correlate}.
 *
 * @param settings how long is waited
 * @param topics names
 * @param partitions of the topics read, the same for all
 * @param serdes how records become octets
 */
public record StatusTopology(StatusSettings settings, Topics topics, int partitions, StreamSerdes serdes) {
    static final String CORRESPONDENCE = "correspondence";
    static final String MESSAGES = "messages";
    static final String SILENT = "silent";

    static final String QUALITY = "to-provider-quality";
    static final String HAPPENED = "happened";
    static final String STATUS = "to-status";
    static final String COMMAND = "to-command";

    /** Touches no network and no clock. */
    public Topology build() {
        StreamsBuilder pipeline = Naming.strict();
        pipeline.addStateStore(store(CORRESPONDENCE));
        pipeline.addStateStore(store(MESSAGES));
        pipeline.addStateStore(store(SILENT));
        pipeline.addStateStore(Measuring.store());
        IdRules rules = new IdRules();

        KStream<String, SpecificRecord> accepted = from(topics.accepted(), "accepted", pipeline);
        KStream<String, SpecificRecord> receipts = from(topics.receipt(), "receipt", pipeline);
        KStream<String, SpecificRecord> paired = accepted.merge(receipts, Named.as("accepted-and-receipts"))
                .process(
                        () -> new Step<String, SpecificRecord, String, SpecificRecord>(
                                context -> new Correlating(settings, rules, context)::process),
                        Named.as("correlate"),
                        CORRESPONDENCE,
                        Measuring.STORE);
        StatusTopology.<ProviderQuality>only(paired)
                .to(
                        topics.providerQuality().name(),
                        Produced.with(Serdes.String(), serdes.of(topics.providerQuality()))
                                .withName(QUALITY));
        KStream<String, LifecycleEvent> correlated = StatusTopology.<LifecycleEvent>only(paired)
                .selectKey((key, event) -> event.getMessageId(), Named.as(HAPPENED))
                .repartition(Repartitioned.<String, LifecycleEvent>as("by-message")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(serdes.asIn(topics.event()))
                        .withNumberOfPartitions(partitions));

        KStream<String, SpecificRecord> told = pipeline.stream(
                        topics.event().name(),
                        Consumed.with(Serdes.String(), serdes.of(topics.event()))
                                .withName("event"))
                .merge(correlated, Named.as("all-events"))
                .process(
                        () -> new Step<String, LifecycleEvent, String, SpecificRecord>(
                                context -> new Folding(settings, context)::process),
                        Named.as("fold"),
                        MESSAGES,
                        SILENT);
        StatusTopology.<MessageStatus>only(told)
                .to(
                        topics.status().name(),
                        Produced.with(Serdes.String(), serdes.of(topics.status()))
                                .withName(STATUS));
        StatusTopology.<Command>only(told)
                .to(
                        topics.command().name(),
                        Produced.with(Serdes.String(), serdes.of(topics.command()))
                                .withName(COMMAND));
        OptOutSink.of(StatusTopology.<OptOut>only(told), topics, partitions, serdes);
        return pipeline.build();
    }

    /** What a step forwards by the name of a child is of that child's type: no child looks at what is another's. */
    @SuppressWarnings("unchecked") // see above
    private static <V extends SpecificRecord> KStream<String, V> only(KStream<String, SpecificRecord> all) {
        return (KStream<String, V>) (KStream<String, ?>) all;
    }

    @SuppressWarnings("unchecked") // a serde of a record type writes and reads records
    private <V extends SpecificRecord> KStream<String, SpecificRecord> from(
            Topic<V> topic, String name, StreamsBuilder pipeline) {
        return (KStream<String, SpecificRecord>) (KStream<String, ?>) pipeline.stream(
                topic.name(), Consumed.with(Serdes.String(), serdes.of(topic)).withName(name));
    }

    /** Written back at each commit only: of three changes within one interval, the changelog gets the last. */
    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }
}
