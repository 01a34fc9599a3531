package io.smspipeline.service.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The named checks of a process. All of the process's services add theirs here, each under a name of its own. A check is
 * called whenever somebody asks, by any thread, and must answer from memory. Safe for use by many threads.
 */
public final class HealthChecks {
    private final ConcurrentMap<String, Supplier<Check>> live = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Supplier<Check>> ready = new ConcurrentHashMap<>();

    /** Takes a check off again. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Adds a check of what only a restart can mend: when it is down the orchestrator kills the process.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public Registration live(String name, Supplier<Check> check) {
        return add(live, name, check);
    }

    /**
     * Adds a check of whether work may be sent here.
     *
     * @throws IllegalArgumentException when the name is taken
     */
    public Registration ready(String name, Supplier<Check> check) {
        return add(ready, name, check);
    }

    /** What the liveness checks say now, by name. */
    public Map<String, Check> liveness() {
        return ask(live);
    }

    /** What the readiness checks say now, by name. */
    public Map<String, Check> readiness() {
        return ask(ready);
    }

    private static Registration add(ConcurrentMap<String, Supplier<Check>> checks, String name, Supplier<Check> check) {
        if (checks.putIfAbsent(name, check) != null) {
            throw new IllegalArgumentException("there already is a health check named " + name
                    + ": a second one would hide it. Give it a name of its own.");
        }
        return () -> checks.remove(name, check);
    }

    private static Map<String, Check> ask(ConcurrentMap<String, Supplier<Check>> checks) {
        Map<String, Check> answers = new TreeMap<>();
        checks.forEach((name, check) -> answers.put(name, answer(check)));
        return answers;
    }

    private static Check answer(Supplier<Check> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            return Check.down("the check itself failed: " + e);
        }
    }
}
