package io.smspipeline.simulator.aggregator;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends callbacks until they are taken, or the aggregator's schedule gives them up. Safe for use by many threads. */
final class CallbackSender {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);

    private final AggregatorApi api;
    private final double timeScale;
    private final Counters counters;
    private final ScheduledExecutorService timer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    CallbackSender(AggregatorApi api, double timeScale, Counters counters, ScheduledExecutorService timer) {
        this.api = api;
        this.timeScale = timeScale;
        this.counters = counters;
        this.timer = timer;
    }

    /** Sends it after a while. */
    void send(Callback callback, Duration delay) {
        counters.pending.incrementAndGet();
        later(delay, () -> attempt(callback, 0));
    }

    private void later(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            counters.pending.decrementAndGet();
        }
    }

    private void attempt(Callback callback, int number) {
        RetrySchedule schedule = api.schedule(callback);
        HttpRequest.Builder request = HttpRequest.newBuilder(callback.uri())
                .timeout(schedule.patience())
                .method(callback.method(), HttpRequest.BodyPublishers.ofByteArray(callback.body()));
        callback.headers().forEach(request::setHeader);
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> failure == null ? response.statusCode() : 0)
                .thenAccept(status -> answered(callback, number, schedule, status));
    }

    private void answered(Callback callback, int number, RetrySchedule schedule, int status) {
        boolean taken = status >= 200 && status < 300;
        LOG.debug("callback {} {} try {}: {}", callback.method(), callback.uri().getPath(), number + 1, status);
        if (callback.forged()) {
            counters.forged.incrementAndGet();
            if (taken) {
                counters.forgedTaken.incrementAndGet();
            }
            counters.pending.decrementAndGet();
            return;
        }
        if (taken) {
            (callback.receipt() ? counters.receiptsAcked : counters.mosAcked).incrementAndGet();
            counters.pending.decrementAndGet();
            return;
        }
        (callback.receipt() ? counters.receiptsRefused : counters.mosRefused).incrementAndGet();
        if (number < schedule.waits().size() && schedule.isWorthAnother(status)) {
            counters.retried.incrementAndGet();
            later(
                    Duration.ofNanos((long) (schedule.waits().get(number).toNanos() / timeScale)),
                    () -> attempt(callback, number + 1));
        } else {
            counters.discarded.incrementAndGet();
            counters.pending.decrementAndGet();
        }
    }
}
