package io.smspipeline.proving.fault;

import io.smspipeline.localkafka.broker.BrokerProcess;
import io.smspipeline.proving.ground.Ground;
import io.smspipeline.proving.ground.ServiceJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Does the faults, one after the other, and keeps what it saw. For use by one thread. */
public final class Hand {
    private static final Duration FROZEN = Duration.ofSeconds(15);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(3);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final Duration SLOWER_BY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Ground ground;
    private final BooleanSupplier idle;
    private final List<Fault> done = new ArrayList<>();
    private final List<Duration> returns = new ArrayList<>();

    /** @param idle whether nothing is left that anybody could submit */
    public Hand(Ground ground, BooleanSupplier idle) {
        this.ground = ground;
        this.idle = idle;
    }

    /** Does it, and returns when what was broken works again. */
    public void doIt(Fault fault) throws InterruptedException {
        done.add(fault);
        ServiceJvm sender =
                ground.senders().get(fault.which() % ground.senders().size());
        BrokerProcess broker =
                ground.brokers().get(fault.which() % ground.brokers().size());
        switch (fault.kind()) {
            case SENDER_KILLED -> killAndTime(sender);
            case SENDER_ENDED -> {
                int code = sender.end();
                if (code != 0) {
                    throw new IllegalStateException(sender.name() + " ended with " + code + " after SIGTERM");
                }
                sender.start();
                sender.awaitReady();
            }
            case SENDER_FROZEN -> {
                sender.freeze();
                pause(FROZEN);
                sender.thaw();
            }
            case ROUTER_KILLED -> killAndStart(ground.router());
            case ROUTER_ROBBED -> {
                ground.router().kill();
                ground.router().forget();
                ground.router().start();
                ground.router().awaitReady();
            }
            case RECEIVER_KILLED -> killAndStart(ground.receiver());
            case BROKER_KILLED -> {
                broker.kill();
                pause(BROKER_AWAY);
                broker.restart();
            }
            case BROKER_ENDED -> {
                broker.close();
                broker.restart();
            }
            case LINES_CUT -> ground.line().cut();
            case LINES_SLOW -> {
                ground.line().slow(SLOWER_BY);
                pause(SLOW);
                ground.line().slow(Duration.ZERO);
            }
        }
    }

    private void killAndTime(ServiceJvm sender) throws InterruptedException {
        int before = ground.newestSession();
        sender.kill();
        long since = System.nanoTime();
        sender.start();
        while (!ground.awaitSubmitAfter(before, LOOK) && System.nanoTime() - since < PATIENCE.toNanos()) {
            if (idle.getAsBoolean()) {
                // The other sender did it all meanwhile: when this one is back cannot be seen.
                return;
            }
        }
        returns.add(Duration.ofNanos(System.nanoTime() - since));
    }

    private static void killAndStart(ServiceJvm service) throws InterruptedException {
        service.kill();
        service.start();
        service.awaitReady();
    }

    private static void pause(Duration howLong) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(howLong.toNanos());
    }

    /** What was done, in order. */
    public List<Fault> done() {
        return List.copyOf(done);
    }

    /**
     * How long each killed sender took from its end to its next accepted submit, start of its JVM included; 120 s for one that
     * submitted nothing in that time. Those that found nothing left to submit are not among them.
     */
    public List<Duration> returns() {
        return List.copyOf(returns);
    }

    /** How many submits may have come twice, by what was done. */
    public int mostRepeats() {
        int most = 0;
        for (Fault fault : done) {
            most += switch (fault.kind()) {
                case SENDER_KILLED, SENDER_FROZEN -> ground.maxUnrecorded();
                // Every submit under way on every line is uncertain, and resent by the messages' own policy.
                case LINES_CUT -> ground.window() * ground.senders().size();
                default -> 0;
            };
        }
        return most;
    }
}
