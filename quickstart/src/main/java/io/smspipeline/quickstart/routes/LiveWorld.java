package io.smspipeline.quickstart.routes;

import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.ProviderQuality;
import io.smspipeline.record.ProviderState;
import io.smspipeline.router.entry.Wishes;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.router.quality.Measured;
import io.smspipeline.router.routing.Explaining;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a running pipeline knows that routing looks at, read from its topics as routers read it. For use by one thread. */
public final class LiveWorld {
    private final Topics topics;
    private final RecordSerdes serdes;
    private final Map<String, ProviderState> states = new HashMap<>();
    private final Map<String, ControlMode> modes = new HashMap<>();
    private final Map<String, ProviderQuality> qualities = new HashMap<>();
    private final Map<String, OptOut> optOuts = new HashMap<>();

    private LiveWorld(Topics topics, RecordSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
    }

    /**
     * Reads it.
     *
     * @param handset whose opt-outs are looked for, in E.164
     * @return empty when time ran out
     */
    public static Optional<LiveWorld> read(
            Map<String, Object> kafka, Topics topics, RecordSerdes serdes, String handset, Duration patience) {
        LiveWorld world = new LiveWorld(topics, serdes);
        List<String> names = List.of(
                topics.providerState().name(),
                topics.providerControl().name(),
                topics.providerQuality().name(),
                topics.optOut().name());
        try (TopicTail tail = TopicTail.fromBeginning(kafka, names)) {
            return tail.toEnd(patience, record -> world.take(record, handset + "|"))
                    ? Optional.of(world)
                    : Optional.empty();
        }
    }

    private boolean take(ConsumerRecord<byte[], byte[]> record, String handset) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(topics.providerState().name())) {
            put(states, key, topics.providerState(), record);
        } else if (record.topic().equals(topics.providerQuality().name())) {
            put(qualities, key, topics.providerQuality(), record);
        } else if (record.topic().equals(topics.optOut().name())) {
            if (key.startsWith(handset)) {
                put(optOuts, key, topics.optOut(), record);
            }
        } else if (record.value() == null) {
            modes.remove(key);
        } else {
            modes.put(key, serdes.read(topics.providerControl(), record.value()).getMode());
        }
        return true;
    }

    private <V extends SpecificRecord> void put(
            Map<String, V> table, String key, Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            table.remove(key);
        } else {
            table.put(key, serdes.read(topic, record.value()));
        }
    }

    /**
     * As a router sees it.
     *
     * @param now when the states count
     */
    public Explaining.World at(Instant now, ProviderView.Times times) {
        Wishes wishes = key -> optOuts.get(key.text());
        return new Explaining.World(
                ProviderView.of(states.values(), modes, times, now), Measured.of(qualities.values(), now), wishes);
    }
}
