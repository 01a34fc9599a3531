package io.smspipeline.router.status;

import io.smspipeline.record.Command;
import io.smspipeline.record.CommandKind;
import io.smspipeline.record.HeldPart;
import io.smspipeline.record.MessageState;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.Sweep;
import io.smspipeline.router.wire.Tally;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Has providers asked about messages whose receipt is late, as a receipt that was lost comes no second time. It is a command like
 * that of a person; a final answer of the provider's comes back as a receipt. Each message is asked about after the silence, then
 * after twice that, and so on; of many silent ones only so many a second, since a provider whose receipts all failed would else be
 * asked about all its messages at once. For the stream thread of its task.
 */
final class Inquiries {
    static final String REQUESTED_BY = "status";

    private static final int FORM = 1;
    private static final int MOST_DOUBLINGS = 10;
    private static final long SECOND = 1_000;

    /** Whose turn came between two walks is asked for at once: the walks must not be too far apart. */
    private static final int MORE_OFTEN = 6;

    private final InquirySettings settings;
    private final KeyValueStore<String, byte[]> silent;
    private final KeyValueStore<String, byte[]> messages;
    private final Consumer<Command> give;
    private final Sweep sweep;
    private final Tally asked;
    private long nextTurn;

    /** @param give where commands go */
    Inquiries(InquirySettings settings, ProcessorContext<?, ?> context, Consumer<Command> give) {
        this.settings = settings;
        this.silent = context.getStateStore(StatusTopology.SILENT);
        this.messages = context.getStateStore(StatusTopology.MESSAGES);
        this.give = give;
        this.sweep = new Sweep(context, silent, settings.after().toMillis() / MORE_OFTEN, this::due);
        this.asked = Tally.of(context, "receipts-asked-for");
    }

    /** What is known of a message changed. */
    void watch(String id, MessageRecord record, long now) {
        if (settings.providers().isEmpty()) {
            return;
        }
        boolean waits = open(record).findAny().isPresent();
        boolean watched = silent.get(id) != null;
        if (waits && !watched) {
            write(id, now + settings.after().toMillis(), 0, false);
        } else if (watched && !waits) {
            silent.delete(id);
        }
    }

    /** Taken by a provider that can be asked, under an id it can be asked by, and nothing final was heard. */
    private Stream<Submission> open(MessageRecord record) {
        return record.finished() || record.state() != MessageState.ACCEPTED
                ? Stream.empty()
                : record.submissions().stream()
                        .filter(one -> one.open()
                                && one.provider() != null
                                && one.providerMessageId() != null
                                && settings.providers().contains(one.provider()));
    }

    private void due(Sweep.Due due) {
        byte[] octets = messages.get(due.key());
        MessageRecord record = octets == null ? null : MessageRecord.read(octets);
        List<Submission> open = record == null ? List.of() : open(record).toList();
        if (record == null || open.isEmpty()) {
            silent.delete(due.key());
            return;
        }
        StateReader in = new StateReader("silent message", FORM, due.value());
        int times = in.count();
        if (!in.flag()) {
            long turn = turn(due.now());
            if (turn > due.now()) {
                write(due.key(), turn, times, true);
                return;
            }
        }
        ask(due.key(), record, open, due.now());
        long pause = settings.after().toMillis() << Math.min(times + 1, MOST_DOUBLINGS);
        write(due.key(), due.now() + pause, times + 1, false);
    }

    private long turn(long now) {
        long turn = Math.max(now, nextTurn);
        nextTurn = turn + SECOND / settings.perSecond();
        return turn;
    }

    private void ask(String id, MessageRecord record, List<Submission> open, long now) {
        Map<String, Command> byProvider = new LinkedHashMap<>();
        for (Submission one : open) {
            String provider = String.valueOf(one.provider());
            byProvider
                    .computeIfAbsent(
                            provider,
                            alias -> Command.newBuilder()
                                    .setMessageId(id)
                                    .setTo(record.to())
                                    .setKind(CommandKind.QUERY)
                                    .setProvider(alias)
                                    .setAttempt(one.attempt())
                                    .setRequestedBy(REQUESTED_BY)
                                    .setAt(Instant.ofEpochMilli(now))
                                    .build())
                    .getParts()
                    .add(new HeldPart(one.part(), String.valueOf(one.providerMessageId())));
        }
        byProvider.values().forEach(give);
        asked.add(byProvider.size());
    }

    /** @param hasTurn whether the time is its turn among many, not the end of the silence */
    private void write(String id, long deadline, int times, boolean hasTurn) {
        silent.put(
                id, new StateWriter(FORM, deadline).number(times).flag(hasTurn).written());
        sweep.expect(deadline);
    }
}
