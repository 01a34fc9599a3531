package io.smspipeline.service.publish;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that hands records to the client, in the order they were offered, and the clock that ends the waiting for those
 * the client or the registry keeps too long. While there is nothing to send the thread learns about topics not known yet.
 */
final class Outbox {
    private static final Logger log = LoggerFactory.getLogger(Outbox.class);
    private static final long CLOCK_MS = 100;
    private static final long LEARNING_PAUSE_MS = 200;
    private static final long IDLE_MS = 5_000;
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Producer<byte[], byte[]> producer;
    private final PublishState state;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Offer> waiting = new LinkedBlockingQueue<>();
    /** In the order of their deadlines, as all have the same time. */
    private final Queue<Offer> unsettled = new ConcurrentLinkedQueue<>();

    /** Handed to the client and not settled by it. */
    private final AtomicInteger underWay = new AtomicInteger();

    private final Thread sending;
    private final ScheduledExecutorService clock;
    private volatile boolean ended;

    Outbox(Producer<byte[], byte[]> producer, PublishState state, LongSupplier nanoTime, String name) {
        this.producer = producer;
        this.state = state;
        this.nanoTime = nanoTime;
        this.sending = new Thread(this::send, name + "-publisher");
        sending.setDaemon(true);
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name + "-publisher-clock");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        sending.start();
        clock.scheduleWithFixedDelay(this::settleOverdue, CLOCK_MS, CLOCK_MS, TimeUnit.MILLISECONDS);
    }

    void push(Offer offer) {
        unsettled.add(offer);
        waiting.add(offer);
        if (ended) {
            failWaiting();
        }
    }

    private void send() {
        long learningPause = LEARNING_PAUSE_MS;
        try {
            while (!ended) {
                boolean learning = !state.unknownTopics().isEmpty();
                Offer offer = waiting.poll(learning ? learningPause : IDLE_MS, TimeUnit.MILLISECONDS);
                if (offer != null) {
                    for (; offer != null; offer = waiting.poll()) {
                        send(offer);
                    }
                    gather();
                } else if (learning) {
                    learn();
                    // Asking for a topic nobody created holds up what comes meanwhile: not for ever at this pace.
                    learningPause = Math.min(2 * learningPause, IDLE_MS);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended = true;
            failWaiting();
        }
    }

    private void send(Offer offer) {
        if (offer.isSettled()) {
            return;
        }
        ProducerRecord<byte[], byte[]> record;
        try {
            record = offer.make();
        } catch (RuntimeException e) {
            offer.failed(String.valueOf(e.getMessage()), e);
            return;
        }
        underWay.incrementAndGet();
        try {
            producer.send(record, (place, failure) -> {
                arrived();
                if (failure == null) {
                    offer.acknowledged(place);
                } else {
                    offer.failed(String.valueOf(failure.getMessage()), failure);
                }
            });
        } catch (InterruptException e) {
            arrived();
            offer.failed("the publisher was closed", e);
            throw e;
        } catch (RuntimeException e) {
            arrived();
            offer.failed(String.valueOf(e.getMessage()), e);
        }
    }

    private void arrived() {
        if (underWay.decrementAndGet() == 0) {
            LockSupport.unpark(sending);
        }
    }

    /**
     * While records are with Kafka those that come share the next request, but none waits long: who sends one and waits for its
     * outcome is served at once, and a burst costs few requests.
     */
    private void gather() {
        long end = nanoTime.getAsLong() + GATHERING_NANOS;
        for (long left = GATHERING_NANOS; underWay.get() > 0 && left > 0; left = end - nanoTime.getAsLong()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private void learn() {
        for (String topic : state.unknownTopics()) {
            if (!waiting.isEmpty()) {
                return;
            }
            try {
                if (!producer.partitionsFor(topic).isEmpty()) {
                    state.known(topic);
                }
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                log.atDebug().addKeyValue("topic", topic).setCause(e).log("topic not known yet");
            }
        }
    }

    private void settleOverdue() {
        long now = nanoTime.getAsLong();
        for (Offer eldest = unsettled.peek(); eldest != null; eldest = unsettled.peek()) {
            if (!eldest.isSettled()) {
                if (eldest.deadline - now > 0) {
                    return;
                }
                eldest.failed("no acknowledgement came in time; it may still have been written", null);
            }
            unsettled.poll();
        }
    }

    private void failWaiting() {
        for (Offer offer = waiting.poll(); offer != null; offer = waiting.poll()) {
            offer.failed("the publisher was closed", null);
        }
    }

    /** Gives the records it has time for their outcome, then fails what is left. The client is still open afterwards. */
    void close(Duration patience) {
        try {
            state.awaitQuiet(patience);
            ended = true;
            sending.interrupt();
            sending.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            ended = true;
            sending.interrupt();
            Thread.currentThread().interrupt();
        }
        failWaiting();
        clock.shutdownNow();
    }

    /** After the client was closed: what it never answered. */
    void failUnsettled() {
        for (Offer offer = unsettled.poll(); offer != null; offer = unsettled.poll()) {
            offer.failed("the publisher was closed before an acknowledgement came", null);
        }
    }
}
