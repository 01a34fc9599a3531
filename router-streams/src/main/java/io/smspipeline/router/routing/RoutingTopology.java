package io.smspipeline.router.routing;

import io.smspipeline.record.Command;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.entry.Entered;
import io.smspipeline.router.entry.OptOuts;
import io.smspipeline.router.provider.ProviderTables;
import io.smspipeline.router.quality.QualityTable;
import io.smspipeline.router.waiting.DelayStore;
import io.smspipeline.router.wire.Kept;
import io.smspipeline.router.wire.Step;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Messages that came or came back, to whoever carries them:
 *
 * <pre>
 * sms.outgoing ─┐          ┌─► sms.submit.&lt;alias&gt;.&lt;lane&gt;   chosen
 *               ├─► route ─┼─► sms.event                   ROUTED, SCHEDULED, REFUSED, EXPIRED, CANCELLED
 * sms.returned ─┤   │  ▲   ├─► sms.returned                REKEYED: not where its recipient belongs
 *  sms.command ─┘   ▼  │   └─► sms.command                 likewise
 *       delayed, delayed-places   until sendAt, notBefore
 *       commanded                 what was withdrawn, what a person resolved
 *       entered                   ids and keys that came before, counts of caps
 *       opt-outs                  who wants nothing from whom, from sms.opt-out
 *       provider-state, provider-control   who can be fed; whole in every instance
 *       routes                    every version of the table; likewise
 *       provider-quality          how well each provider delivers to each country; likewise
 * </pre>
 *
 * @param flow which of the two applications
 * @param settings rules, providers and times
 * @param topics names
 * @param partitions of the topics read
 * @param serdes how records become octets
 */
public record RoutingTopology(Flow flow, RoutingSettings settings, Topics topics, int partitions, StreamSerdes serdes) {
    static final String ROUTE = "route";
    static final String SUBMIT = "to-submit";
    static final String EVENT = "to-event";
    static final String RETURNED = "to-returned";
    static final String COMMAND = "to-command";
    static final String DELAYED = "delayed";
    static final String PLACES = "delayed-places";
    static final String COMMANDED = "commanded";

    /** Touches no network and no clock. */
    public Topology build() {
        Topic<OutgoingMessage> outgoing = flow.outgoing(topics);
        Topic<ReturnedMessage> returned = flow.returned(topics);
        LiveTable live = new LiveTable(settings.table(), topics, serdes);
        Topology topology = new Topology();
        topology.addSource("outgoing", key(), value(outgoing), outgoing.name());
        topology.addSource("returned", key(), value(returned), returned.name());
        // A task takes the record with the smallest timestamp first, and a command is to overtake whatever is waiting.
        topology.addSource(
                AutoOffsetReset.earliest(),
                "command",
                (record, before) -> 0,
                key(),
                value(topics.command()),
                topics.command().name());
        topology.<String, SpecificRecord, String, SpecificRecord>addProcessor(
                ROUTE,
                () -> new Step<String, SpecificRecord, String, SpecificRecord>(
                        context -> new Routing(this, live, context)::route),
                "outgoing",
                "returned",
                "command");
        ProviderTables.addTo(topology, topics);
        // As early as a command: who said STOP is to get nothing of what is waiting.
        topology.addSource(
                AutoOffsetReset.earliest(),
                "opt-out",
                (record, before) -> 0,
                key(),
                Serdes.ByteArray().deserializer(),
                topics.optOut().name());
        topology.<String, byte[], Void, Void>addProcessor("keep-opt-outs", () -> new Kept(OptOuts.STORE), "opt-out");
        topology.addStateStore(OptOuts.store(), ROUTE, "keep-opt-outs");
        topology.addStateStore(Entered.store(), ROUTE);
        live.addTo(topology);
        QualityTable.addTo(topology, topics);
        topology.addStateStore(DelayStore.store(DELAYED), ROUTE);
        topology.addStateStore(store(PLACES, Serdes.Long()), ROUTE);
        topology.addStateStore(store(COMMANDED, Serdes.ByteArray()), ROUTE);
        topology.<String, RoutedMessage>addSink(
                SUBMIT,
                (recipient, routed, context) -> topics.submit(
                                routed.getProvider(),
                                Lane.of(routed.getMessage().getPriority()))
                        .name(),
                keyOut(),
                // Which topic it is changes from record to record, the type does not.
                serdes.of(topics.submit("any", Lane.NORMAL)).serializer(),
                ROUTE);
        topology.addSink(EVENT, topics.event().name(), keyOut(), this.<LifecycleEvent>out(topics.event()), ROUTE);
        topology.addSink(RETURNED, returned.name(), keyOut(), this.<ReturnedMessage>out(returned), ROUTE);
        topology.addSink(COMMAND, topics.command().name(), keyOut(), this.<Command>out(topics.command()), ROUTE);
        return topology;
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), values);
    }

    private static Deserializer<String> key() {
        return Serdes.String().deserializer();
    }

    private static Serializer<String> keyOut() {
        return Serdes.String().serializer();
    }

    private <V extends SpecificRecord> Deserializer<V> value(Topic<V> topic) {
        return serdes.of(topic).deserializer();
    }

    private <V extends SpecificRecord> Serializer<V> out(Topic<V> topic) {
        return serdes.of(topic).serializer();
    }
}
