package io.smspipeline.quickstart.routes;

import io.smspipeline.admission.Admission;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.routing.Circumstances;
import io.smspipeline.router.routing.Explanation;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.schemas.address.Msisdn;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages decided by two tables, counted by what each of them decides. For use by one thread. */
public final class Replay {
    private final RouteTable before;
    private final RouteTable after;
    private final Map<Pair, Counted> counted = new LinkedHashMap<>();
    private long refusedBefore;

    /**
     * What one table decides.
     *
     * @param provider null when nobody carries it
     * @param rule null when none matched
     * @param held whether it waits for quiet hours to end
     */
    public record Outcome(
            @Nullable String provider, @Nullable String rule, boolean held) {
        @Override
        public String toString() {
            return (provider == null ? "nobody" : provider)
                    + (rule == null ? "" : " (" + rule + ")")
                    + (held ? " later" : "");
        }
    }

    /** What both decide. */
    public record Pair(Outcome before, Outcome after) {
        /** Whether the message goes the same way, whatever rule says so. */
        public boolean isSame() {
            return Objects.equals(before.provider, after.provider) && before.held == after.held;
        }
    }

    /**
     * So many messages.
     *
     * @param example id of the first of them
     */
    public record Line(Pair pair, long count, String example) {}

    private static final class Counted {
        private final String example;
        private long count;

        private Counted(String example) {
            this.example = example;
        }
    }

    /** Between two tables. */
    public Replay(RouteTable before, RouteTable after) {
        this.before = before;
        this.after = after;
    }

    /** @param at when it was published */
    public void add(OutgoingMessage message, Instant at) {
        if (!(Msisdn.parse(message.getTo()) instanceof Msisdn.Valid valid)
                || Admission.unfit(message).isPresent()) {
            refusedBefore++;
            return;
        }
        message.setTo(valid.msisdn().value());
        Circumstances then = Circumstances.fresh(at);
        Pair pair = new Pair(outcome(before.explain(message, then)), outcome(after.explain(message, then)));
        counted.computeIfAbsent(pair, first -> new Counted(message.getId())).count++;
    }

    /** What nobody could decide. */
    public void addUnreadable() {
        refusedBefore++;
    }

    private static Outcome outcome(Explanation explained) {
        return new Outcome(explained.provider(), explained.rule(), explained.heldUntil() != null);
    }

    /** How many were decided. */
    public long messages() {
        return counted.values().stream().mapToLong(each -> each.count).sum();
    }

    /** How many of them go another way. */
    public long changed() {
        return lines().stream()
                .filter(line -> !line.pair().isSame())
                .mapToLong(Line::count)
                .sum();
    }

    /** How many no rule is ever asked about: they are refused as they are. */
    public long refusedBefore() {
        return refusedBefore;
    }

    /** What changes first, then the most frequent first. */
    public List<Line> lines() {
        return counted.entrySet().stream()
                .map(each -> new Line(each.getKey(), each.getValue().count, each.getValue().example))
                .sorted(Comparator.comparing((Line line) -> line.pair().isSame())
                        .thenComparing(Comparator.comparingLong(Line::count).reversed()))
                .toList();
    }
}
