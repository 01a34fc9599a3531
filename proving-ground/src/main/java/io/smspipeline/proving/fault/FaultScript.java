package io.smspipeline.proving.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Which faults come when. Immutable: the same for the same seed. */
public final class FaultScript {
    private FaultScript() {}

    /** Every kind in an order that the seed decides, one each {@code every}, anew until {@code duration} is full. */
    public static List<Fault> shuffled(long seed, Duration duration, Duration every) {
        Random random = new Random(seed);
        List<Fault> script = new ArrayList<>();
        List<Fault.Kind> next = new ArrayList<>();
        for (Duration at = every; at.compareTo(duration) < 0; at = at.plus(every)) {
            if (next.isEmpty()) {
                next.addAll(List.of(Fault.Kind.values()));
                Collections.shuffle(next, random);
            }
            script.add(new Fault(at, next.remove(0), random.nextInt(12)));
        }
        return List.copyOf(script);
    }

    /**
     * The one operators ask about first: a sender killed hard every {@code every} over three fifths of the time, then each
     * broker in turn, then router and receiver.
     */
    public static List<Fault> inTurn(Duration duration, Duration every) {
        List<Fault> script = new ArrayList<>();
        Duration at = every;
        for (int i = 0; at.compareTo(duration.multipliedBy(3).dividedBy(5)) <= 0; i++) {
            script.add(new Fault(at, Fault.Kind.SENDER_KILLED, i));
            at = at.plus(every);
        }
        for (int broker = 0; broker < 3; broker++) {
            script.add(new Fault(at, Fault.Kind.BROKER_KILLED, broker));
            at = at.plus(every);
        }
        script.add(new Fault(at, Fault.Kind.ROUTER_KILLED, 0));
        script.add(new Fault(at.plus(every), Fault.Kind.RECEIVER_KILLED, 0));
        return List.copyOf(script);
    }
}
