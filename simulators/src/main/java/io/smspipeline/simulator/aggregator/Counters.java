package io.smspipeline.simulator.aggregator;

import java.util.concurrent.atomic.AtomicLong;

/** What is counted, one after the other. */
final class Counters {
    final AtomicLong requests = new AtomicLong();
    final AtomicLong accepted = new AtomicLong();
    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong repeats = new AtomicLong();
    final AtomicLong throttled = new AtomicLong();
    final AtomicLong early = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong unauthorised = new AtomicLong();
    final AtomicLong unanswered = new AtomicLong();
    final AtomicLong lookUps = new AtomicLong();
    final AtomicLong receiptsAcked = new AtomicLong();
    final AtomicLong receiptsRefused = new AtomicLong();
    final AtomicLong mosAcked = new AtomicLong();
    final AtomicLong mosRefused = new AtomicLong();
    final AtomicLong forged = new AtomicLong();
    final AtomicLong forgedTaken = new AtomicLong();
    final AtomicLong retried = new AtomicLong();
    final AtomicLong discarded = new AtomicLong();
    final AtomicLong pending = new AtomicLong();

    AggregatorFigures figures() {
        return new AggregatorFigures(
                requests.get(),
                accepted.get(),
                duplicates.get(),
                repeats.get(),
                throttled.get(),
                early.get(),
                refused.get(),
                failed.get(),
                unauthorised.get(),
                unanswered.get(),
                lookUps.get(),
                receiptsAcked.get(),
                receiptsRefused.get(),
                mosAcked.get(),
                mosRefused.get(),
                forged.get(),
                forgedTaken.get(),
                retried.get(),
                discarded.get(),
                pending.get());
    }
}
