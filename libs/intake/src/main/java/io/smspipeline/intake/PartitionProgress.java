package io.smspipeline.intake;

import java.util.BitSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far the work on one partition has come. Records are delivered in the order of their offsets and finished in any order;
 * the committable position is the first offset that is not finished, and what is finished beyond it goes along as a
 * {@link CommitNote}.
 *
 * <p>An offset that is passed over (a transaction's marker, an aborted or compacted record) counts as finished once a later
 * one was delivered: Kafka will never deliver it. Should Kafka go back (a log that was cut short, a topic made anew), what
 * was known at and beyond that offset is forgotten.
 *
 * <p>Safe for use by many threads: each method is atomic. A snapshot that must hold exactly certain finished records is had
 * by letting one thread alone call {@link #finish} and {@link #committable}.
 */
public final class PartitionProgress {
    private static final long NOWHERE = -1;

    private final NavigableSet<Long> open = new TreeSet<>();
    /** One past the last offset delivered or passed over. */
    private long reached;
    /** Finished before this partition came to us; what of it lies before {@code reached} has been delivered since. */
    private FinishedSet ahead;
    /** What is done of records that are not finished: open ones, and such as were begun before this partition came to us. */
    private final Map<Long, BitSet> pieces;
    /** Of those who had the partition before: what of it was not delivered yet. */
    private Suspects inherited;
    /** Open records among those that were inherited. */
    private final NavigableSet<Long> suspected = new TreeSet<>();
    /** Most records that are begun without a commit telling of them; 0 while none is begun. */
    private int atOnce;
    /** The furthest record that was begun here. */
    private long begun = NOWHERE;
    /** Leader epoch of the last record delivered, by which Kafka notices a log that was cut short. */
    private Optional<Integer> epoch;
    /** Grows whenever the committable position may have changed. */
    private long changes;

    private long committedChanges;
    private long newFrom = Long.MAX_VALUE;
    private Optional<Given> given = Optional.empty();

    private PartitionProgress(long reached, CommitNote note, Optional<Integer> epoch) {
        this.reached = reached;
        this.ahead = note.finished();
        this.pieces = note.pieces().asMap();
        this.inherited = note.suspects();
        this.epoch = epoch;
    }

    /** A partition nobody has committed anything for: it begins where the first delivery is. */
    public static PartitionProgress fresh() {
        return new PartitionProgress(NOWHERE, CommitNote.NONE, Optional.empty());
    }

    /** Goes on where {@code committed} ends. A note that is not ours is taken for an empty one. */
    public static PartitionProgress restore(OffsetAndMetadata committed) {
        CommitNote note =
                CommitNote.read(committed.offset(), committed.metadata()).orElse(CommitNote.NONE);
        return new PartitionProgress(committed.offset(), note, committed.leaderEpoch());
    }

    /**
     * A record of this offset came from Kafka.
     *
     * @return true when it is to be worked on, and is open from now on; false when it was finished in an earlier life
     */
    public synchronized boolean deliver(long offset, Optional<Integer> leaderEpoch) {
        if (reached != NOWHERE && offset < reached) {
            open.tailSet(offset, true).clear();
            ahead = FinishedSet.NONE;
            pieces.keySet().removeIf(known -> known >= offset);
            suspected.tailSet(offset, true).clear();
        }
        boolean done = ahead.contains(offset);
        reached = offset + 1;
        epoch = leaderEpoch;
        if (done) {
            changes++;
        } else {
            open.add(offset);
            suspect(offset);
        }
        return !done;
    }

    private void suspect(long offset) {
        if (offset >= newFrom) {
            inherited = new Suspects(-1, 0, inherited.lives(), inherited.before());
        } else if (offset <= inherited.through()) {
            suspected.add(offset);
        } else if (inherited.further() > 0) {
            suspected.add(offset);
            inherited = new Suspects(offset, inherited.further() - 1, inherited.lives(), inherited.before());
        }
    }

    /** Whether records to come may be suspect: whoever had the partition last did not {@link #conclude}. */
    public synchronized boolean isLeftOpen() {
        return inherited.through() >= 0 || inherited.further() > 0;
    }

    /** What lies at {@code logEnd} or beyond came after whoever had the partition last: none of it is suspect. */
    public synchronized void newFrom(long logEnd) {
        newFrom = logEnd;
    }

    /**
     * How many owners of the partition in a row may have worked on this open record without finishing it; 0 for none. More
     * than 1 is told of those that were unfinished longest; others are counted once those are done.
     */
    public synchronized int suspicions(long offset) {
        return suspected.contains(offset) ? inherited.livesOf(offset) : 0;
    }

    /**
     * Records are begun from now on. To be committed before the first of them is.
     *
     * @param most how many may be begun, and not finished, beyond those a commit tells of; 1 or more
     */
    public synchronized void undertake(int most) {
        atOnce = most;
        changes++;
    }

    /** The record at this offset, and perhaps others before it, were begun. */
    public synchronized void begun(long offset) {
        begun = Math.max(begun, offset);
    }

    /** Whatever was begun is finished: who has the partition next need not fear to repeat anything of ours. */
    public synchronized void conclude() {
        atOnce = 0;
        begun = NOWHERE;
        changes++;
    }

    private Suspects suspects() {
        long last = suspected.isEmpty() ? NOWHERE : suspected.last();
        long through = Math.max(Math.max(inherited.through(), last), begun);
        int further = inherited.further() + atOnce;
        if (suspected.isEmpty()) {
            return new Suspects(through, further, inherited.lives(), inherited.before());
        }
        int lives = inherited.livesOf(suspected.first());
        return new Suspects(through, further, lives, lives > 1 ? inherited.before() : last + 1);
    }

    /** Kafka's next delivery will be {@code next} or later: what lies before it and was not delivered never will be. */
    public synchronized void passTo(long next) {
        if (next > reached) {
            reached = next;
            changes++;
        }
    }

    /**
     * The record at {@code offset} is done.
     *
     * @return true when it was open
     */
    public synchronized boolean finish(long offset) {
        boolean wasOpen = open.remove(offset);
        if (wasOpen) {
            pieces.remove(offset);
            suspected.remove(offset);
            changes++;
        }
        return wasOpen;
    }

    /**
     * A piece of the record at {@code offset} is done: it is told along, and whoever has the record next need not do it again.
     *
     * @param piece from 0
     * @return true when the record was open
     */
    public synchronized boolean finishPiece(long offset, int piece) {
        boolean isOpen = open.contains(offset);
        if (isOpen) {
            pieces.computeIfAbsent(offset, key -> new BitSet()).set(piece);
            changes++;
        }
        return isOpen;
    }

    /** The pieces of an unfinished record that are done, here or in an earlier life, as far as that was committed. */
    public synchronized BitSet finishedPieces(long offset) {
        BitSet done = pieces.get(offset);
        return done == null ? new BitSet() : (BitSet) done.clone();
    }

    /** True when the record at {@code offset} needs no work: it is finished, or passed over. */
    public synchronized boolean isFinished(long offset) {
        return offset < reached ? !open.contains(offset) : ahead.contains(offset);
    }

    /** The position to commit now, with its note; empty when nothing was delivered or restored yet. */
    public synchronized Optional<OffsetAndMetadata> committable() {
        return committable(CommitNote.BUDGET);
    }

    /** As {@link #committable()}, with a note of at most {@code noteBudget} characters. */
    public synchronized Optional<OffsetAndMetadata> committable(int noteBudget) {
        if (reached == NOWHERE) {
            return Optional.empty();
        }
        ahead = ahead.from(reached);
        FinishedSet.Builder finished = new FinishedSet.Builder();
        long position = open.isEmpty() ? reached : open.first();
        long from = position;
        for (long unfinished : open) {
            finished.add(from, unfinished);
            from = unfinished + 1;
        }
        finished.add(from, Math.max(from, reached));
        for (FinishedSet.Run run : ahead.runs()) {
            if (run.start() == position) {
                position = run.end();
            } else {
                finished.add(run.start(), run.end());
            }
        }
        // Passed over since: they are not in the log any more.
        pieces.keySet().removeIf(offset -> offset < reached && !open.contains(offset));
        String note = new CommitNote(0, finished.build(), Pieces.of(pieces), suspects()).text(position, noteBudget);
        OffsetAndMetadata snapshot = new OffsetAndMetadata(position, epoch, note);
        given = Optional.of(new Given(snapshot, changes));
        return given.map(Given::snapshot);
    }

    /** As {@link #committable(int)}, but empty too when nothing changed since the snapshot last told to be committed. */
    public synchronized Optional<OffsetAndMetadata> uncommitted(int noteBudget) {
        return changes == committedChanges ? Optional.empty() : committable(noteBudget);
    }

    /** Kafka has {@code snapshot}, which was got from here. */
    public synchronized void committed(OffsetAndMetadata snapshot) {
        given.filter(last -> last.snapshot.equals(snapshot)).ifPresent(last -> committedChanges = last.changes);
    }

    /** How many records are open: delivered and not finished. */
    public synchronized int openCount() {
        return open.size();
    }

    /** How many offsets lie between the first open record and the last delivered one, both counted; 0 when none is open. */
    public synchronized long span() {
        return open.isEmpty() ? 0 : reached - open.first();
    }

    private record Given(OffsetAndMetadata snapshot, long changes) {}
}
