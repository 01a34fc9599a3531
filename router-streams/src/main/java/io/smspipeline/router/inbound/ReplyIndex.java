package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.schemas.optout.OptOutKey;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The last message with allowReply that each handset had from each number. For the stream thread of its task. */
final class ReplyIndex {
    private static final int FORM = 1;

    private final KeyValueStore<String, byte[]> store;
    private final Sweep sweep;
    private final long within;

    private record Asked(long at, String messageId) {}

    ReplyIndex(ProcessorContext<String, InboundMessage> context, Duration within) {
        this.store = context.getStateStore(InboundTopology.REPLIES);
        this.within = within.toMillis();
        this.sweep = new Sweep(context, store, this.within, due -> store.delete(due.key()));
    }

    /** A handset was sent something it may answer. Of two the later counts, in whatever order they come. */
    void remember(LifecycleEvent accepted, long now) {
        String from = accepted.getFrom();
        if (from == null) {
            return;
        }
        String key = key(accepted.getTo(), from);
        Asked known = known(key, now);
        long at = accepted.getAt().toEpochMilli();
        if (known != null && (known.messageId.equals(accepted.getMessageId()) || known.at > at)) {
            return;
        }
        long deadline = now + within;
        store.put(
                key,
                new StateWriter(FORM, deadline)
                        .number(at)
                        .text(accepted.getMessageId())
                        .written());
        sweep.expect(deadline);
    }

    /** Whether a word of the handset to this number could be an answer. */
    boolean knows(String handset, String number, long now) {
        return known(key(handset, number), now) != null;
    }

    /** Id of the message that a word of the handset to this number answers; null when there is none. */
    @Nullable
    String answered(String handset, String number, long now) {
        Asked known = known(key(handset, number), now);
        return known == null ? null : known.messageId;
    }

    private @Nullable Asked known(String key, long now) {
        byte[] octets = store.get(key);
        if (octets == null || StateReader.deadlineOf(octets) <= now) {
            return null;
        }
        StateReader in = new StateReader("reply index", FORM, octets);
        return new Asked(in.number(), in.word());
    }

    private static String key(String handset, String number) {
        return OptOutKey.comparable(handset) + "|" + OptOutKey.comparable(number);
    }
}
