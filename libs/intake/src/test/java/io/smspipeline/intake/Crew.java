package io.smspipeline.intake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Threads that work on records in random order. Those in the hands of a crew that is dismissed are never finished. */
final class Crew implements AutoCloseable {
    private final Consumer<ConsumerRecord<byte[], byte[]>> work;
    private final Random random;
    private final List<ConsumerRecord<byte[], byte[]>> waiting = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    /** Records not begun before this many wait, so that the order is well shuffled. */
    private final int shuffled;

    private boolean hurried;
    private boolean dismissed;

    Crew(int size, int shuffled, long seed, Consumer<ConsumerRecord<byte[], byte[]>> work) {
        this.work = work;
        this.shuffled = shuffled;
        this.random = new Random(seed);
        for (int i = 0; i < size; i++) {
            Thread thread = new Thread(this::workAway, "crew-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    synchronized void give(ConsumerRecord<byte[], byte[]> record) {
        waiting.add(record);
        notifyAll();
    }

    synchronized boolean holds(Collection<TopicPartition> partitions) {
        return waiting.stream()
                .anyMatch(record -> partitions.contains(new TopicPartition(record.topic(), record.partition())));
    }

    /** From now on whatever is there is worked on. */
    synchronized void hurry() {
        hurried = true;
        notifyAll();
    }

    private void workAway() {
        try {
            for (ConsumerRecord<byte[], byte[]> next = next(); next != null; next = next()) {
                work.accept(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ConsumerRecord<byte[], byte[]> next() throws InterruptedException {
        while (!dismissed && (waiting.isEmpty() || (!hurried && waiting.size() < shuffled))) {
            wait();
        }
        return dismissed ? null : waiting.remove(random.nextInt(waiting.size()));
    }

    /** Returns when no thread works any more. */
    @Override
    public void close() {
        synchronized (this) {
            dismissed = true;
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
