package io.smspipeline.service.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.service.health.Check;
import io.smspipeline.service.health.HealthChecks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts end in reverse order, each in bounded time, and nothing one of them does stops the rest. */
@Timeout(60)
class ServiceTest {
    private final HealthChecks health = new HealthChecks();
    private final Service service = Service.named("receiver", health);
    private final List<String> closed = new CopyOnWriteArrayList<>();

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private boolean ready() {
        return health.readiness().values().stream().allMatch(Check::up);
    }

    @Test
    void a_service_is_ready_from_started_until_it_drains() {
        assertThat(health.readiness()).containsEntry("receiver", Check.down("starting"));
        service.started();
        assertThat(ready()).isTrue();
        service.add("asks", () -> {
            assertThat(health.readiness()).containsEntry("receiver", Check.down("draining"));
            closed.add("asked while draining");
        });

        service.drain();

        assertThat(closed).containsExactly("asked while draining");
        assertThat(health.readiness()).as("its name is free again").isEmpty();
    }

    @Test
    void parts_are_closed_in_reverse_order() {
        service.add("publisher", part("publisher"));
        service.add("binds", part("binds"));
        service.add("webhooks", part("webhooks"));

        service.drain();

        assertThat(closed).containsExactly("webhooks", "binds", "publisher");
    }

    @Test
    void a_part_that_fails_to_close_or_never_returns_does_not_keep_the_rest_open() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        service.add("first", part("first"));
        service.add("fails", () -> {
            throw new IllegalStateException("oops");
        });
        service.add(
                "hangs",
                () -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                },
                Duration.ofMillis(50));
        service.add("breaks", () -> {
            throw new AssertionError("not even an exception");
        });

        service.drain();

        assertThat(closed).containsExactly("first");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void draining_twice_closes_once_and_the_second_caller_waits_for_the_first() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        service.add("slow", () -> {
            closing.countDown();
            goOn.await();
            closed.add("slow");
        });
        Thread first = new Thread(service::drain);
        first.start();
        closing.await();
        Thread second = new Thread(() -> {
            service.drain();
            closed.add("second returned");
        });
        second.start();

        goOn.countDown();
        first.join();
        second.join();

        assertThat(closed).containsExactly("slow", "second returned");
    }

    @Test
    void a_part_that_comes_too_late_is_closed_at_once() {
        service.drain();

        assertThatThrownBy(() -> service.add("late", part("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("late was closed again");

        assertThat(closed).containsExactly("late");
    }

    @Test
    void a_part_that_failed_for_good_makes_the_process_neither_ready_nor_live() {
        service.started();

        service.failed("streams", new IllegalStateException("thread died"));

        assertThat(ready()).isFalse();
        assertThat(health.liveness().get("receiver").up()).isFalse();
        assertThat(health.liveness().get("receiver").detail()).contains("streams failed", "thread died");
        assertThat(service.failure().toCompletableFuture().join().part()).isEqualTo("streams");
    }

    @Test
    void a_service_may_be_a_part_of_another_which_fails_with_it() {
        Service all = Service.named("all", health);
        all.add("receiver", service);
        service.add("binds", part("binds"));
        service.started();
        all.started();

        service.failed("binds", new IllegalStateException("oops"));

        assertThat(all.failure().toCompletableFuture().join().part()).isEqualTo("receiver.binds");
        all.drain();
        assertThat(closed).containsExactly("binds");
    }
}
