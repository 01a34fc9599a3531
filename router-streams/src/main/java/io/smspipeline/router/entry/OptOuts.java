package io.smspipeline.router.entry;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
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
public final class OptOuts {
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

    /**
     * Why nothing may be sent from a sender to a handset; empty when it may. What an operator or a provider said of every sender
     * stands above all, what the handset said of this sender above what it said of every one.
     *
     * @param to number in E.164
     * @param from sender id; null when it is not known
     */
    public Optional<Failure> refusal(String to, @Nullable String from) {
        try {
            OptOut ofAll = known(OptOutKey.ofEverybody(to));
            boolean all = ofAll != null && ofAll.getOptedOut();
            if (ofAll != null && all && ofAll.getOrigin() != OptOutOrigin.KEYWORD) {
                return Optional.of(failure(ofAll));
            }
            OptOut ofOne = from == null ? null : known(OptOutKey.of(to, from));
            if (ofOne != null) {
                return ofOne.getOptedOut() ? Optional.of(failure(ofOne)) : Optional.empty();
            }
            return ofAll != null && all ? Optional.of(failure(ofAll)) : Optional.empty();
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

    private @Nullable OptOut known(OptOutKey key) {
        byte[] octets = store.get(key.text());
        return octets == null ? null : serdes.read(topics.optOut(), octets);
    }

    private static Failure failure(OptOut said) {
        String who = switch (said.getOrigin()) {
            case KEYWORD -> "the recipient said " + said.getReason();
            case PROVIDER -> "a provider refused the recipient for it (" + said.getReason() + ")";
            case OPERATOR -> "it was entered by " + said.getReason();
            case UNKNOWN -> "it is on record";
        };
        String whom = said.getSender().equals(OptOutKey.EVERYBODY) ? "every sender" : "sender " + said.getSender();
        return new Failure(
                FailureCode.OPTED_OUT, "opted out from " + whom + ": " + who + " at " + said.getAt(), null, null, true);
    }
}
