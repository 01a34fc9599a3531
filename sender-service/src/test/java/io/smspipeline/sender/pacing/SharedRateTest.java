package io.smspipeline.sender.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.sender.fixture.HandClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an SMSC sees in any second of the processes that share an account. The clock goes on by a millisecond a step, and the
 * threads that send wake late by some of them.
 */
class SharedRateTest {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final int PARTITIONS = 18;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HandClock clock = new HandClock();
    private final Deque<Integer> lastSecond = new ArrayDeque<>();
    private int inLastSecond;
    private int most;
    private int sent;

    /** A process: its pacer, and until when its thread sleeps. */
    private final class Process {
        final Pacer pacer;
        long asleepUntil = clock.getAsLong();

        Process(double contract) {
            pacer = new Pacer(contract, 0, clock);
        }

        int send(int parts, int latest) {
            int left = 0;
            while (clock.getAsLong() - asleepUntil >= 0) {
                boolean high = random.nextInt(50) == 0;
                long wait = pacer.take(high ? 1 : parts, high);
                if (wait == 0) {
                    left += high ? 1 : parts;
                } else {
                    asleepUntil = clock.getAsLong() + wait + random.nextInt(1 + latest) * STEP.toNanos();
                }
            }
            return left;
        }
    }

    private List<Process> processes(int count, double contract) {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            processes.add(new Process(contract));
        }
        return processes;
    }

    private void share(List<Process> processes) {
        for (int i = 0; i < processes.size(); i++) {
            int owned = PARTITIONS / processes.size() + (i < PARTITIONS % processes.size() ? 1 : 0);
            processes.get(i).pacer.share((double) owned / PARTITIONS);
        }
    }

    private void run(List<Process> processes, int seconds, int parts, int latest) {
        for (int step = 0; step < seconds * 1_000; step++) {
            int now = 0;
            for (Process process : processes) {
                now += process.send(parts, latest);
            }
            lastSecond.addLast(now);
            inLastSecond += now;
            sent += now;
            if (lastSecond.size() > 1_000) {
                inLastSecond -= lastSecond.removeFirst();
            }
            most = Math.max(most, inLastSecond);
            clock.pass(STEP);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "1, 1, 5", "1, 4, 0", "1, 4, 5", "2, 1, 5", "4, 1, 0", "4, 1, 5"})
    void no_second_sees_more_than_a_little_over_the_contract(int processes, int partsAtOnce, int latestMs) {
        List<Process> sharing = processes(processes, 100);
        share(sharing);

        run(sharing, 120, partsAtOnce, latestMs);

        assertThat(most).as("most in a second, seed %d", seed).isLessThan(105);
        assertThat(sent / 119.0).as("a second, seed %d", seed).isBetween(latestMs == 0 ? 98.0 : 90.0, 101.0);
    }

    @Test
    void processes_that_come_and_go_never_exceed_the_contract_together() {
        List<Process> sharing = processes(4, 100);
        share(sharing.subList(0, 1));
        for (int change = 0; change < 40; change++) {
            int here = 1 + random.nextInt(4);
            sharing.subList(here, 4).forEach(process -> process.pacer.share(0));
            share(sharing.subList(0, here));
            run(sharing, 1 + random.nextInt(4), 1, 2);
        }

        assertThat(most).as("most in a second, seed %d", seed).isLessThan(105);
    }
}
