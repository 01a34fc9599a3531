package io.smspipeline.settings;

import java.util.List;

/**
 * Everything found wrong in one reading of a configuration. Immutable.
 *
 * @param all the faults in the order they were found, none twice
 */
public record Faults(List<Fault> all) {
    public Faults {
        all = List.copyOf(all);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** First line: how many. Then one line a fault with its full key and what to do. No trailing newline. */
    public String report() {
        StringBuilder report = new StringBuilder();
        report.append(all.size()).append(all.size() == 1 ? " fault" : " faults").append(" in the configuration:");
        for (Fault fault : all) {
            report.append('\n').append(fault);
        }
        return report.toString();
    }

    /** @throws SettingsException with all faults when there is at least one */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new SettingsException(this);
        }
    }
}
