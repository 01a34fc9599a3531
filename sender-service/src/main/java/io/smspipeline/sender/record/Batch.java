package io.smspipeline.sender.record;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.registry.SchemaRegistryException;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.sender.dispatch.Dispatch;
import io.smspipeline.sender.dispatch.Output;
import io.smspipeline.sender.dispatch.Verdict;
import io.smspipeline.sender.lane.Attempt;
import io.smspipeline.sender.lane.Handover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/** What some happenings come to: what is to be written, which records are finished, and what follows once Kafka has it. */
final class Batch {
    private record Written(Handover because, Output output) {}

    private final Dispatch dispatch;
    private final DeadLetters deadLetters;
    private final OffsetLedger ledger;
    private final Recorder.Listener listener;
    private final Instant now;
    private final List<Written> outputs = new ArrayList<>();
    private final List<Entry> letters = new ArrayList<>();
    private final List<Runnable> afterwards = new ArrayList<>();
    private boolean moves;

    Batch(Dispatch dispatch, DeadLetters deadLetters, OffsetLedger ledger, Recorder.Listener listener, Instant now) {
        this.dispatch = dispatch;
        this.deadLetters = deadLetters;
        this.ledger = ledger;
        this.listener = listener;
        this.now = now;
    }

    void add(Happening happening) {
        if (happening instanceof Happening.Answered answered) {
            apply(answered.attempt(), dispatch.after(answered.attempt(), answered.outcome(), now));
        } else if (happening instanceof Happening.Expired expired) {
            apply(expired.attempt(), dispatch.expired(expired.attempt(), now));
        } else if (happening instanceof Happening.Unfit unfit) {
            apply(unfit.attempt(), dispatch.refused(unfit.attempt(), unfit.failure(), now));
        } else if (happening instanceof Happening.ProviderDown down) {
            apply(down.attempt(), dispatch.providerDown(down.attempt(), down.why(), now));
        } else if (happening instanceof Happening.Late late) {
            put(late.attempt().handover(), dispatch.late(late.attempt(), late.outcome(), now));
        } else if (happening instanceof Happening.Spared spared) {
            apply(spared.attempt(), new Verdict.Done(List.of()));
        } else if (happening instanceof Happening.Capped capped) {
            apply(capped.attempt(), dispatch.capped(capped.attempt(), now));
        } else if (happening instanceof Happening.Withdrawn withdrawn) {
            apply(withdrawn.attempt(), dispatch.withdrawn(withdrawn.attempt(), now));
        } else if (happening instanceof Happening.Commanded commanded) {
            commanded.attempt().handover().end();
            apply(commanded.attempt(), new Verdict.Ended(commanded.outputs()));
        } else if (happening instanceof Happening.Opening opening) {
            moves = true;
            ledger.undertake(opening.tenure().partition());
            afterwards.add(opening.tenure()::opened);
        } else if (happening instanceof Happening.Concluded concluded) {
            moves = true;
            concluded.partitions().forEach(ledger::conclude);
            afterwards.add(() -> concluded.recorded().complete(null));
        } else if (happening instanceof Happening.Intended intended) {
            intend(intended.attempt());
        } else if (happening instanceof Happening.Faulty faulty) {
            letters.add(deadLetters.letter(faulty.record(), faulty.why()));
            apply(faulty.attempt(), dispatch.refused(faulty.attempt(), fault(faulty.why()), now));
        } else if (happening instanceof Happening.Unreadable unreadable) {
            ConsumerRecord<byte[], byte[]> record = unreadable.record();
            letters.add(deadLetters.letter(record, unreadable.why()));
            finish(unreadable.tenure().partition(), record.offset());
            afterwards.add(unreadable.tenure()::release);
        }
    }

    private static Failure fault(String why) {
        return Failure.newBuilder().setCode(FailureCode.GENERIC).setReason(why).build();
    }

    private void apply(Attempt attempt, Verdict verdict) {
        Handover handover = attempt.handover();
        put(handover, verdict.outputs());
        boolean done = verdict instanceof Verdict.Done;
        if (handover.settle(done)) {
            finish(handover.partition(), handover.offset());
            afterwards.add(handover::seenThrough);
        } else if (done) {
            moves = true;
            ledger.finishPiece(handover.partition(), handover.offset(), attempt.index());
        } else if (verdict instanceof Verdict.Again again) {
            afterwards.add(() -> listener.again(again.attempt(), again.delay()));
        }
    }

    /** Its record is finished here already, so that whatever becomes of us nobody submits it again. */
    private void intend(Attempt attempt) {
        Handover handover = attempt.handover();
        boolean ours = finish(handover.partition(), handover.offset());
        if (ours) {
            put(handover, dispatch.intention(attempt, now));
        }
        afterwards.add(() -> {
            // Lost while it was written? Then the record is somebody else's, and so is the message.
            if (ours && ledger.owns(handover.partition())) {
                handover.putOnRecord();
            }
            handover.settle(false);
            listener.onRecord(attempt);
        });
    }

    private boolean finish(TopicPartition partition, long offset) {
        moves = true;
        return ledger.finish(partition, offset);
    }

    private void put(Handover handover, List<Output> more) {
        for (Output output : more) {
            outputs.add(new Written(handover, output));
        }
    }

    boolean movesOffsets() {
        return moves;
    }

    /**
     * What is to be written. May be asked for again when it failed.
     *
     * @throws SchemaRegistryException when the registry is away or refuses one of our schemas
     */
    List<Entry> entries(RecordSerdes serdes) {
        List<Entry> entries = new ArrayList<>(outputs.size() + letters.size());
        for (Written written : outputs) {
            entries.add(entry(written, serdes));
        }
        entries.addAll(letters);
        return entries;
    }

    private Entry entry(Written written, RecordSerdes serdes) {
        Output output = written.output();
        Handover because = written.because();
        try {
            return new Entry(output.encoded(serdes, because.traceparent()), because.partition(), because.offset());
        } catch (SchemaRegistryException e) {
            throw e;
        } catch (SerializationException e) {
            return deadLetters.letter(output, because, String.valueOf(e.getMessage()));
        }
    }

    /** Kafka has it. */
    void written() {
        afterwards.forEach(Runnable::run);
    }
}
