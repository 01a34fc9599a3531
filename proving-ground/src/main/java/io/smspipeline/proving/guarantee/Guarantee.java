package io.smspipeline.proving.guarantee;

import io.smspipeline.proving.ledger.Entry;
import io.smspipeline.proving.ledger.Ledger;
import io.smspipeline.record.MessageState;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A promise by name, and how a ledger breaks it.
 *
 * @param name a sentence
 * @param broken one sentence for each breach; empty when it is kept
 */
public record Guarantee(String name, Function<Ledger, List<String>> broken) {

    /** Those that hold whatever is done to the pipeline. */
    public static List<Guarantee> all(int mostRepeats) {
        return List.of(
                each(
                        "what Kafka acknowledged reaches its end",
                        entry -> !entry.isAcknowledged() || entry.end() == MessageState.DELIVERED,
                        entry -> "ended " + entry.end()),
                each("a message has one end", entry -> entry.ends() <= 1, entry -> "ended " + entry.ends() + " times"),
                each(
                        "what is told as delivered was submitted whole",
                        entry -> entry.end() != MessageState.DELIVERED || entry.wasSubmittedWhole(),
                        entry -> "has parts the SMSC never took"),
                each(
                        "a state never goes back, and no status is missing",
                        entry -> entry.regress() == null,
                        entry -> String.valueOf(entry.regress())),
                each(
                        "whoever may have got it twice is told",
                        entry -> entry.repeats() == 0 || entry.isToldOfRepeat(),
                        entry -> "came " + entry.repeats() + " times more than once and nobody says so"),
                new Guarantee("repeats stay within the bound of " + mostRepeats, ledger -> {
                    int repeats = ledger.repeats();
                    return repeats <= mostRepeats ? List.of() : List.of(repeats + " submits came again");
                }),
                new Guarantee("nothing comes from nowhere", Ledger::strangers));
    }

    /**
     * For runs on a machine that has room for it: what a start costs is the machine's word as much as ours.
     *
     * @param returns how long each killed sender took
     */
    public static Guarantee backWithin(Duration most, List<Duration> returns) {
        return new Guarantee(
                "a killed sender submits again within " + most.toMillis() + " ms",
                ledger -> returns.stream()
                        .filter(one -> one.compareTo(most) > 0)
                        .map(one -> "one took " + one.toMillis() + " ms")
                        .toList());
    }

    private static Guarantee each(String name, Predicate<Entry> kept, Function<Entry, String> how) {
        return new Guarantee(
                name,
                ledger -> ledger.entries().stream()
                        .filter(entry -> !kept.test(entry))
                        .map(entry -> entry + " " + how.apply(entry))
                        .toList());
    }
}
