package io.smspipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123Z");

    @Test
    void an_id_is_a_uuid_of_version_7_that_carries_its_time() {
        UUID id = UUID.fromString(new MessageIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(1)).next());

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void ids_increase_strictly_also_when_more_than_a_counter_full_are_made_within_a_millisecond() {
        MessageIds ids = new MessageIds(Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(next(ids, 10_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ids_increase_when_the_clock_is_set_back() {
        Instant[] now = {NOW};
        MessageIds ids = new MessageIds(new Clock() {
            @Override
            public Instant instant() {
                return now[0];
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
        String before = ids.next();
        now[0] = NOW.minusSeconds(3600);

        assertThat(ids.next()).isGreaterThan(before);
    }

    @Test
    void threads_never_get_the_same_id() throws Exception {
        MessageIds ids = new MessageIds(Clock.systemUTC());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Set<String> all = new HashSet<>();
        try {
            List<Future<List<String>>> made = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                made.add(threads.submit(() -> next(ids, 5_000)));
            }
            for (Future<List<String>> each : made) {
                assertThat(each.get()).isSorted();
                all.addAll(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(all).hasSize(20_000);
    }

    private static List<String> next(MessageIds ids, int count) {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(ids.next());
        }
        return made;
    }
}
