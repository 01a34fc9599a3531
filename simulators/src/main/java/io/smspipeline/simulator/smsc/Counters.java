package io.smspipeline.simulator.smsc;

import java.util.concurrent.atomic.LongAdder;

/** What is counted as it happens. Safe for use by many threads. */
final class Counters {
    /** The fate of deliver_sm of one kind. */
    static final class Deliveries {
        final LongAdder due = new LongAdder();
        final LongAdder sent = new LongAdder();
        final LongAdder acked = new LongAdder();
        final LongAdder refused = new LongAdder();
        final LongAdder unanswered = new LongAdder();
    }

    final LongAdder connections = new LongAdder();
    final LongAdder binds = new LongAdder();
    final LongAdder bindsRefused = new LongAdder();
    final LongAdder unbinds = new LongAdder();
    final LongAdder sessions = new LongAdder();
    final LongAdder submits = new LongAdder();
    /** Each submit when it was read, whatever became of it. */
    final SlidingSecond inSecond = new SlidingSecond(System::nanoTime);

    final LongAdder accepted = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder errored = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder cut = new LongAdder();
    final LongAdder queries = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder replaced = new LongAdder();
    /** Receipts taken that came once more for nothing. */
    final LongAdder repeats = new LongAdder();

    final LongAdder malformed = new LongAdder();
    final Deliveries receipts = new Deliveries();
    final Deliveries mos = new Deliveries();

    /** So many submits were read. */
    void submitted(int more) {
        submits.add(more);
        inSecond.add(more);
    }

    /** @param held messages that have not come to their end */
    SmscFigures figures(long held) {
        return new SmscFigures(
                connections.sum(),
                binds.sum(),
                bindsRefused.sum(),
                unbinds.sum(),
                sessions.sum(),
                submits.sum(),
                accepted.sum(),
                throttled.sum(),
                errored.sum(),
                duplicates.sum(),
                cut.sum(),
                receipts.due.sum(),
                receipts.sent.sum(),
                receipts.acked.sum(),
                receipts.refused.sum(),
                receipts.unanswered.sum(),
                mos.due.sum(),
                mos.sent.sum(),
                mos.acked.sum(),
                mos.refused.sum(),
                mos.unanswered.sum(),
                malformed.sum(),
                held,
                queries.sum(),
                cancelled.sum(),
                replaced.sum(),
                inSecond.most(),
                repeats.sum());
    }
}
