package io.smspipeline.proving;

import io.smspipeline.client.MessageIds;
import io.smspipeline.client.Sms;
import io.smspipeline.client.SmsPublisher;
import io.smspipeline.proving.ledger.Entry;
import io.smspipeline.proving.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes at an even rate; every tenth message has two parts. For use by one thread. */
final class Traffic {
    private static final int MARKS_OF_TWO_PARTS = 14;

    private final SmsPublisher publisher;
    private final Ledger ledger;
    private final MessageIds ids = new MessageIds(Clock.systemUTC());
    private final AtomicInteger refused = new AtomicInteger();

    Traffic(SmsPublisher publisher, Ledger ledger) {
        this.publisher = publisher;
        this.ledger = ledger;
    }

    /** Returns when the time is over. */
    void flow(int perSecond, Duration duration) throws InterruptedException {
        long start = System.nanoTime();
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long count = duration.toSeconds() * perSecond;
        for (long i = 0; i < count; i++) {
            long early = start + i * gap - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            publishOne();
        }
    }

    private void publishOne() {
        int number = ledger.opened();
        int parts = number % 10 == 9 ? 2 : 1;
        String id = ids.next();
        Entry entry = ledger.open(id, parts);
        publisher
                .publish(Sms.to("+4477009%05d".formatted(number % 100_000))
                        .id(id)
                        .text(Ledger.mark(number).repeat(parts == 1 ? 1 : MARKS_OF_TWO_PARTS)))
                .whenComplete((published, failure) -> {
                    if (failure == null) {
                        ledger.acknowledged(entry);
                    } else {
                        refused.incrementAndGet();
                    }
                });
    }

    /** How many Kafka did not acknowledge in time; they may exist or not. */
    int refused() {
        return refused.get();
    }
}
