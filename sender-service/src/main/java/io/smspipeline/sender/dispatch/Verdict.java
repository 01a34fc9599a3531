package io.smspipeline.sender.dispatch;

import io.smspipeline.sender.lane.Attempt;
import java.time.Duration;
import java.util.List;

/** What follows from an outcome. */
public sealed interface Verdict {
    /** What is written. */
    List<Output> outputs();

    /** This submission needs nothing further. */
    record Done(List<Output> outputs) implements Verdict {}

    /** The message needs nothing further, whatever else of it was still to be submitted. */
    record Ended(List<Output> outputs) implements Verdict {}

    /**
     * Another attempt.
     *
     * @param attempt which one
     * @param delay how long to leave it alone; zero: next in its lane
     */
    record Again(List<Output> outputs, Attempt attempt, Duration delay) implements Verdict {}
}
