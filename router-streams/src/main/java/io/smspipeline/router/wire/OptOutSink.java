package io.smspipeline.router.wire;

import io.smspipeline.record.OptOut;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.topic.Topics;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Writes opt-outs where routing looks for them: under handset and sender, in the partition of the handset's number. */
public final class OptOutSink {
    /** What a step forwards an opt-out to that forwards other things to others. */
    public static final String ENTRY = "opt-out-key";

    private OptOutSink() {}

    /** @param partitions of the topic, the same as of all that are read together */
    public static void of(KStream<?, OptOut> optOuts, Topics topics, int partitions, StreamSerdes serdes) {
        optOuts.selectKey((key, said) -> new OptOutKey(said.getHandset(), said.getSender()).text(), Named.as(ENTRY))
                .to(
                        topics.optOut().name(),
                        Produced.with(Serdes.String(), serdes.of(topics.optOut()))
                                .withName("to-opt-out")
                                .withStreamPartitioner((topic, key, said, count) ->
                                        Optional.of(Set.of(KeyPartition.of(said.getHandset(), partitions)))));
    }
}
