package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MoPart;
import io.smspipeline.router.waiting.DelayStore;
import io.smspipeline.router.wire.KeyPartition;
import io.smspipeline.router.wire.Naming;
import io.smspipeline.router.wire.OptOutSink;
import io.smspipeline.router.wire.Step;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.address.Msisdn;
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
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Parts from handsets, into messages:
 *
 * <pre>
 * sms.accepted ─► may-be-answered ─► by-handset ─┐
 *                                                ├─► receive ─► sms.inbound
 * sms.mo ────────────────────────────────────────┘    │  ▲
 *                                                     ▼  │
 *                                   seen, joining, replies, waiting
 *                                                     │
 *                                                     └─► opting-out ─► sms.opt-out    STOP, START
 * </pre>
 *
 * @param settings how long is waited
 * @param topics names
 * @param partitions of {@code sms.mo}
 * @param serdes how records become octets
 */
public record InboundTopology(InboundSettings settings, Topics topics, int partitions, StreamSerdes serdes) {
    static final String SEEN = "seen";
    static final String JOINING = "joining";
    static final String REPLIES = "replies";
    static final String WAITING = "waiting";

    /** Touches no network and no clock. */
    public Topology build() {
        StreamsBuilder pipeline = Naming.strict();
        pipeline.addStateStore(store(SEEN));
        pipeline.addStateStore(store(JOINING));
        pipeline.addStateStore(store(REPLIES));
        pipeline.addStateStore(DelayStore.store(WAITING));

        KStream<String, LifecycleEvent> asked = pipeline.stream(
                        topics.accepted().name(),
                        Consumed.with(Serdes.String(), serdes.of(topics.accepted()))
                                .withName("accepted"))
                .process(
                        () -> new Step<String, LifecycleEvent, String, LifecycleEvent>(
                                context -> accepted -> mayBeAnswered(accepted, context)),
                        Named.as("may-be-answered"))
                .repartition(Repartitioned.<String, LifecycleEvent>as("by-handset")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(serdes.asIn(topics.accepted()))
                        .withNumberOfPartitions(partitions));
        KStream<String, MoPart> parts = pipeline.stream(
                topics.mo().name(),
                Consumed.with(Serdes.String(), serdes.of(topics.mo())).withName("mo"));

        KStream<String, InboundMessage> messages = records(parts)
                .merge(records(asked), Named.as("parts-and-asked"))
                .process(
                        () -> new Step<String, SpecificRecord, String, InboundMessage>(
                                context -> new Receiving(this, context)::process),
                        Named.as("receive"),
                        SEEN,
                        JOINING,
                        REPLIES,
                        WAITING);
        messages.to(
                topics.inbound().name(),
                Produced.with(Serdes.String(), serdes.of(topics.inbound())).withName("to-inbound"));
        OptOutSink.of(
                messages.flatMapValues(
                        message -> settings.words().said(message).stream().toList(), Named.as("opting-out")),
                topics,
                partitions,
                serdes);
        return pipeline.build();
    }

    /** An SMSC may write the handset with or without plus, and so the key of what comes from it: both must meet this. */
    private void mayBeAnswered(
            Record<String, LifecycleEvent> record, ProcessorContext<String, LifecycleEvent> context) {
        LifecycleEvent accepted = record.value();
        if (!accepted.getAllowReply() || accepted.getAlsoKnownAs()) {
            return;
        }
        String with = Msisdn.parse(accepted.getTo()).number().map(Msisdn::value).orElse(accepted.getTo());
        context.forward(record.withKey(with));
        String without = with.startsWith("+") ? with.substring(1) : with;
        if (KeyPartition.of(with, partitions) != KeyPartition.of(without, partitions)) {
            context.forward(record.withKey(without));
        }
    }

    @SuppressWarnings("unchecked") // only read from
    private static KStream<String, SpecificRecord> records(KStream<String, ? extends SpecificRecord> stream) {
        return (KStream<String, SpecificRecord>) stream;
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }
}
