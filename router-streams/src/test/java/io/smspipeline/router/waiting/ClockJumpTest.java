package io.smspipeline.router.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.router.state.StateWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** A clock that is set, by hours or days, in either direction: no timer fires twice and none is lost. */
class ClockJumpTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MONTH = Duration.ofDays(30).toMillis();

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final List<String> fired = new ArrayList<>();
    private final Map<CapturedPunctuator, Long> wakeUps = new IdentityHashMap<>();
    private long now = NOW;

    ClockJumpTest() {
        clockShows(NOW);
    }

    private void clockShows(long time) {
        noteWakeUps();
        now = time;
        context.setCurrentSystemTimeMs(time);
    }

    private void noteWakeUps() {
        for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            wakeUps.putIfAbsent(punctuator, now + punctuator.getInterval().toMillis());
        }
    }

    /** Streams wakes whoever asked to be woken by now. */
    private void ring() {
        noteWakeUps();
        while (wakeUps.entrySet().stream().anyMatch(this::isDue)) {
            CapturedPunctuator due = wakeUps.entrySet().stream()
                    .filter(this::isDue)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            due.getPunctuator().punctuate(now);
            assertThat(due.cancelled()).as("each wakes once").isTrue();
            noteWakeUps();
        }
    }

    private boolean isDue(Map.Entry<CapturedPunctuator, Long> wakeUp) {
        return !wakeUp.getKey().cancelled() && wakeUp.getValue() <= now;
    }

    private DelayStore delays() {
        KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("delayed"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        return new DelayStore(context, "delayed", (value, at) -> fired.add(new String(value, StandardCharsets.UTF_8)));
    }

    private static void hold(DelayStore delays, long due, String name) {
        delays.hold(due, name, name.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void what_waits_leaves_once_when_the_clock_jumps_ahead_and_back_again() {
        DelayStore delays = delays();
        hold(delays, NOW + HOUR, "soon");
        hold(delays, NOW + 2 * MONTH, "late");

        clockShows(NOW + MONTH);
        ring();
        clockShows(NOW);
        ring();

        assertThat(fired).containsExactly("soon");
    }

    @Test
    void what_comes_after_the_clock_went_back_leaves_at_its_own_time() {
        DelayStore delays = delays();
        hold(delays, NOW + HOUR, "first");
        clockShows(NOW + MONTH);
        ring();
        clockShows(NOW);

        hold(delays, NOW + HOUR, "second");
        clockShows(NOW + HOUR + Alarm.TICK);
        ring();

        assertThat(fired).containsExactly("first", "second");
    }

    @Test
    void what_is_overdue_after_the_clock_went_back_is_found_at_its_own_time() {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("kept"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        Sweep sweep = new Sweep(context, store, HOUR, due -> {
            store.delete(due.key());
            fired.add(due.key());
        });
        keep(store, sweep, "first");
        clockShows(NOW + MONTH);
        ring();
        clockShows(NOW);

        keep(store, sweep, "second");
        clockShows(NOW + HOUR + Alarm.TICK);
        ring();

        assertThat(fired).containsExactly("first", "second");
    }

    private static void keep(KeyValueStore<String, byte[]> store, Sweep sweep, String key) {
        store.put(key, new StateWriter(1, NOW + HOUR).written());
        sweep.expect(NOW + HOUR);
    }
}
