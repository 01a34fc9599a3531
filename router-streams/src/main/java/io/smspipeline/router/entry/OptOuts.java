package io.smspipeline.router.entry;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OptOut;
import io.smspipeline.router.wire.StreamSerdes;
import io.smspipeline.router.wire.Unreadable;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.topic.Topics;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** Who wants nothing from whom, of the handsets of one partition. For the stream thread of its task. */
public final class OptOuts implements Wishes {
    /** Name of the store. */
    public static final String STORE = "opt-outs";

    private final Topics topics;
    private final StreamSerdes serdes;
    private final KeyValueStore<String, byte[]> store;

    /** The store must be in the topology: see {@link #store}. */
    public OptOuts(ProcessorContext<?, ?> context, Topics topics, StreamSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
        this.store = context.getStateStore(STORE);
    }

    /** To be added to the topology. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
    }

    @Override
    public Optional<Failure> refusal(String to, @Nullable String from) {
        try {
            return Wishes.super.refusal(to, from);
        } catch (KafkaException e) {
            if (Unreadable.registryUnreachable(e)) {
                throw e;
            }
            return Optional.of(new Failure(
                    FailureCode.OPTED_OUT,
                    "what the recipient wants cannot be read (" + e.getMessage()
                            + "): say it again by ./sms opt-out add or remove",
                    null,
                    null,
                    true));
        }
    }

    @Override
    public @Nullable OptOut lastWord(OptOutKey key) {
        byte[] octets = store.get(key.text());
        return octets == null ? null : serdes.read(topics.optOut(), octets);
    }
}
