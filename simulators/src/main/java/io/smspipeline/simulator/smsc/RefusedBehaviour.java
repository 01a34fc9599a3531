package io.smspipeline.simulator.smsc;

import java.util.List;

/** Wishes that make no sense: one sentence each, for who wished. */
final class RefusedBehaviour extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<String> faults;

    RefusedBehaviour(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    List<String> faults() {
        return faults;
    }
}
