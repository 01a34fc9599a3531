package io.smspipeline.provider.http;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * What the messages under way at one account share, and who finds out when requests may go again. Safe for use by many
 * threads.
 */
final class Desk {
    /** Requests in vain after which the answer may still come: this many times the time after which it is given up. */
    private static final int LISTENING = 4;

    /** Who is connected and says nothing for so long is there. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    final String alias;
    final HttpApi api;
    final HttpSettings settings;
    final Standing standing;
    final Transport transport;
    final HttpMeters meters;
    final PersonalData personalData;
    final Clock clock;
    final LongSupplier nanoTime;
    private final ScheduledExecutorService timer;
    private final Runnable changed;
    private final AtomicBoolean calling = new AtomicBoolean();
    private volatile long heardAt;

    /** @param changed called when requests may go again, or may no longer */
    Desk(
            String alias,
            HttpApi api,
            HttpSettings settings,
            Standing standing,
            Transport transport,
            HttpMeters meters,
            PersonalData personalData,
            Clock clock,
            LongSupplier nanoTime,
            ScheduledExecutorService timer,
            Runnable changed) {
        this.alias = alias;
        this.api = api;
        this.settings = settings;
        this.standing = standing;
        this.transport = transport;
        this.meters = meters;
        this.personalData = personalData;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.timer = timer;
        this.changed = changed;
    }

    void start() {
        call();
        every(settings.check(), this::callWhenSilent);
    }

    /** For how long an answer is listened to. */
    Duration listening() {
        return settings.responseTimeout().multipliedBy(LISTENING);
    }

    void later(Duration delay, Runnable work) {
        try {
            timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // Whoever is closing tells what becomes of what is under way.
        }
    }

    private void every(Duration period, Runnable work) {
        timer.scheduleWithFixedDelay(work, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** An answer came, whatever it says. */
    void heard() {
        heardAt = nanoTime.getAsLong();
        if (standing.reached()) {
            changed.run();
        }
    }

    /** The provider asked not to be called for so long. */
    void pause(Failure asked, Duration howLong) {
        if (!howLong.isZero()) {
            standing.pause(asked, howLong);
            // A nanosecond short would be a wake-up for nothing.
            later(howLong.plusMillis(1), changed);
        }
    }

    void refused(Failure refusal) {
        Duration pause = standing.refused(refusal);
        if (pause != null) {
            changed.run();
            later(pause, this::checkAccount);
        }
    }

    void troubled(Failure trouble) {
        Duration pause = standing.troubled(trouble);
        if (pause != null) {
            changed.run();
            later(pause, this::tryAgain);
        }
    }

    void away(String why) {
        Duration pause = standing.away(why);
        if (pause != null) {
            changed.run();
            later(pause, this::call);
        }
    }

    private void tryAgain() {
        standing.tryAgain();
        changed.run();
    }

    /** A question that costs nothing comes before the first message that may be refused. */
    private void checkAccount() {
        Call question = api.accountCheck().orElse(null);
        if (question == null) {
            tryAgain();
            return;
        }
        transport.send(question, settings.responseTimeout()).whenComplete((answer, lost) -> {
            if (answer == null || answer.status() == 429 || answer.status() >= 500) {
                later(settings.refused(), this::checkAccount);
            } else if (api.isAccountFine(answer)) {
                tryAgain();
            } else {
                Duration pause = standing.stillRefused(refusal(answer));
                if (pause != null) {
                    later(pause, this::checkAccount);
                }
            }
        });
    }

    private Failure refusal(HttpAnswer answer) {
        return answer.isSuccess()
                ? new Failure(FailureCode.CREDIT, alias + " says that the account has no money", null, null, false)
                : new Failure(
                        FailureCode.AUTH,
                        alias + " refuses the account with HTTP " + answer.status(),
                        Integer.toString(answer.status()),
                        answer.shownText(),
                        false);
    }

    private void callWhenSilent() {
        if (standing.hindrance() == Standing.Hindrance.NONE
                && nanoTime.getAsLong() - heardAt >= settings.check().toNanos()) {
            call();
        }
    }

    /** Asks whether anybody is there: any answer will do, and a connection on which nothing comes. */
    private void call() {
        if (!calling.compareAndSet(false, true)) {
            return;
        }
        Call anybody = new Call("HEAD", settings.baseUrl(), Map.of(), new byte[0]);
        transport.send(anybody, settings.connectTimeout().plus(SILENCE)).whenComplete((answer, failure) -> {
            calling.set(false);
            if (answer != null || failure instanceof LostException lost && lost.silent()) {
                heard();
            } else if (standing.hindrance() != Standing.Hindrance.CLOSED) {
                Duration pause = standing.missed(String.valueOf(failure.getMessage()));
                changed.run();
                later(pause, this::call);
            }
        });
    }
}
