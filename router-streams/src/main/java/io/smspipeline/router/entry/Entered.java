package io.smspipeline.router.entry;

import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.state.StateReader;
import io.smspipeline.router.state.StateWriter;
import io.smspipeline.router.waiting.Sweep;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What came in lately: which ids, which deduplication keys with what, and how many against each cap. One store for all three,
 * so that a task has one more and not three. For the stream thread of its task.
 *
 * <p>Ids and keys are those of one recipient: its messages all come to one task, whichever partition they were published to,
 * and nobody else's are needed to tell a repeat.
 */
public final class Entered {
    private static final String STORE = "entered";
    private static final int FORM = 1;
    private static final int DIGEST = 16;

    private final EntrySettings settings;
    private final int partitions;
    private final KeyValueStore<String, byte[]> store;
    private final Sweep sweep;

    /** The store must be in the topology: see {@link #store}. */
    public Entered(ProcessorContext<?, ?> context, EntrySettings settings, int partitions) {
        this.settings = settings;
        this.partitions = partitions;
        this.store = context.getStateStore(STORE);
        this.sweep = new Sweep(context, store, shortest().toMillis(), due -> store.delete(due.key()));
    }

    private Duration shortest() {
        return settings.ids().compareTo(settings.keys()) < 0 ? settings.ids() : settings.keys();
    }

    /** To be added to the topology. */
    public static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
    }

    /** Whether the id came before for this recipient. The first time is remembered. */
    public boolean isRepeated(OutgoingMessage message, Instant now) {
        String key = "i|" + message.getId() + "|" + message.getTo();
        byte[] known = store.get(key);
        if (known != null && StateReader.deadlineOf(known) > now.toEpochMilli()) {
            return true;
        }
        put(key, new StateWriter(FORM, now.plus(settings.ids()).toEpochMilli()), now.plus(settings.ids()));
        return false;
    }

    /** Why a message is refused for its deduplication key, when another had it before. The first one is remembered. */
    public Optional<Failure> duplicate(OutgoingMessage message, Instant now) {
        String wanted = message.getDeduplicationKey();
        if (wanted == null) {
            return Optional.empty();
        }
        String tenant = message.getTenant() == null ? "" : message.getTenant();
        String key = "k|" + message.getTo() + "|" + tenant + "|" + wanted;
        byte[] digest = digest(message);
        byte[] known = store.get(key);
        if (known == null || StateReader.deadlineOf(known) <= now.toEpochMilli()) {
            Instant until = now.plus(settings.keys());
            put(
                    key,
                    new StateWriter(FORM, until.toEpochMilli())
                            .text(message.getId())
                            .octets(digest),
                    until);
            return Optional.empty();
        }
        StateReader in = new StateReader("deduplication key", FORM, known);
        String first = in.word();
        return Optional.of(
                Arrays.equals(digest, in.octets())
                        ? new Failure(
                                FailureCode.DUPLICATE,
                                "deduplicationKey: message " + first + " said the same under this key",
                                null,
                                null,
                                true)
                        : new Failure(
                                FailureCode.REQUEST,
                                "deduplicationKey: message " + first
                                        + " said something else under this key; give what is" + " new a key of its own",
                                null,
                                null,
                                true));
    }

    /** What the caps say of a message. */
    public sealed interface Verdict {
        /** It may go. */
        record Free() implements Verdict {}

        /** It has its place at a later time, epoch milliseconds, and is counted. */
        record Later(long due, String cap) implements Verdict {}

        /** It is one too many. */
        record TooMany(Failure failure) implements Verdict {}
    }

    /** Counts a message, unless a cap rejects it. */
    public Verdict count(OutgoingMessage message, Instant now) {
        long at = now.toEpochMilli();
        long due = at;
        String holding = "";
        List<Runnable> counted = new ArrayList<>();
        for (Cap cap : settings.caps()) {
            String key = cap.keyOf(message);
            if (key == null) {
                continue;
            }
            byte[] known = store.get("c|" + key);
            Quota quota = known == null ? Quota.UNUSED : read(known);
            Quota.Admission admission = quota.admit(at, cap.within().toMillis(), cap.mostIn(partitions));
            if (admission.due() > at && !cap.holds()) {
                return new Verdict.TooMany(new Failure(
                        FailureCode.LIMITS,
                        "cap '" + cap.name() + "': more than " + cap.most() + " within " + cap.within(),
                        null,
                        null,
                        true));
            }
            if (admission.due() > due) {
                due = admission.due();
                holding = cap.name();
            }
            counted.add(() -> write("c|" + key, cap, admission.after(), at));
        }
        counted.forEach(Runnable::run);
        return due > at ? new Verdict.Later(due, holding) : new Verdict.Free();
    }

    private static Quota read(byte[] octets) {
        StateReader in = new StateReader("cap", FORM, octets);
        return new Quota(in.list(each -> new Quota.Slot(each.number(), each.count())));
    }

    private void write(String key, Cap cap, Quota quota, long now) {
        long last = quota.slots().get(quota.slots().size() - 1).number()
                * Quota.slotMillis(cap.within().toMillis());
        // Not swept earlier than the rest: the store is walked as seldom as its longest guest allows.
        Instant until = Instant.ofEpochMilli(
                Math.max(last + 2 * cap.within().toMillis(), now + shortest().toMillis()));
        put(
                key,
                new StateWriter(FORM, until.toEpochMilli())
                        .list(
                                quota.slots(),
                                (out, slot) -> out.number(slot.number()).number(slot.count())),
                until);
    }

    private void put(String key, StateWriter value, Instant until) {
        store.put(key, value.written());
        sweep.expect(until.toEpochMilli());
    }

    /** What a person would call the same message: sender, characters or octets. */
    private static byte[] digest(OutgoingMessage message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String from = message.getFrom();
            digest.update((from == null ? "" : from).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            if (message.getContent() instanceof TextContent text) {
                digest.update(text.getText().getBytes(StandardCharsets.UTF_8));
            } else if (message.getContent() instanceof BinaryContent binary) {
                digest.update((byte) 1);
                if (binary.getUdh() != null) {
                    digest.update(binary.getUdh().duplicate());
                }
                digest.update((byte) 0);
                digest.update(binary.getData().duplicate());
            }
            return Arrays.copyOf(digest.digest(), DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
