package io.smspipeline.settings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one reading has found so far: its faults, its environment and every place opened. For one thread. */
final class Reading {
    private final Environment environment;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final List<Opened> opened = new ArrayList<>();
    private int count;

    Reading(Environment environment) {
        this.environment = environment;
    }

    Environment environment() {
        return environment;
    }

    void fault(Fault fault) {
        count++;
        faults.add(fault);
    }

    /** How many faults were raised, repeats included: tells whether a piece of reading raised any. */
    int count() {
        return count;
    }

    Set<Fault> faults() {
        return faults;
    }

    List<Opened> opened() {
        return opened;
    }

    Opened open(String path, @Nullable String variables, Node.Mapping yaml) {
        Opened place = new Opened(path, variables, yaml);
        opened.add(place);
        return place;
    }
}
