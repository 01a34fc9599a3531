package io.smspipeline.router.routing;

import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.DelayStore;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.schemas.topic.Topic;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Messages that wait for their time, found by their id too so that they can be withdrawn. For the stream thread of its task. */
final class Held {
    private static final int FORM = 1;

    private final DelayStore delayed;
    private final KeyValueStore<String, Long> places;
    private final StreamSerdes serdes;
    private final Topic<ReturnedMessage> returned;
    private final Release release;

    /** Takes over what is due. */
    interface Release {
        void release(ReturnedMessage undecided, Headers headers, Instant now);
    }

    Held(RoutingTopology topology, ProcessorContext<String, SpecificRecord> context, Release release) {
        this.serdes = topology.serdes();
        this.returned = topology.flow().returned(topology.topics());
        this.release = release;
        this.places = context.getStateStore(RoutingTopology.PLACES);
        this.delayed = new DelayStore(context, RoutingTopology.DELAYED, this::due);
    }

    /** @param due epoch milliseconds */
    void hold(long due, ReturnedMessage undecided, Headers headers) {
        String id = undecided.getMessage().getId();
        byte[] value = new StateWriter(FORM, Long.MAX_VALUE)
                .octets(serdes.write(returned, undecided))
                .headers(headers)
                .written();
        places.put(id, delayed.hold(due, id, value));
    }

    /** Takes a message back; empty when none with this id waits. */
    Optional<ReturnedMessage> withdraw(String id) {
        Long place = places.delete(id);
        byte[] value = place == null ? null : delayed.withdraw(place, id);
        return value == null ? Optional.empty() : Optional.of(message(reader(value)));
    }

    private void due(byte[] value, long now) {
        StateReader reader = reader(value);
        ReturnedMessage undecided = message(reader);
        places.delete(undecided.getMessage().getId());
        release.release(undecided, reader.headers(), Instant.ofEpochMilli(now));
    }

    private static StateReader reader(byte[] value) {
        return new StateReader("delayed message", FORM, value);
    }

    private ReturnedMessage message(StateReader reader) {
        return serdes.read(returned, reader.octets());
    }
}
