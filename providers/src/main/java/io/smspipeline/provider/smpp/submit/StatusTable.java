package io.smspipeline.provider.smpp.submit;

import io.smspipeline.record.FailureCode;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What each command_status asks for at one account: the standard's table, and what the account's operator knows better. Field
 * practice differs most for 0x08, 0x0A, 0x0B, 0x14, 0x45, 0x58, 0xFF and 0x400 to 0x4FF. Immutable.
 */
public final class StatusTable {
    /** Nothing is known better. */
    public static final StatusTable STANDARD = new StatusTable(Map.of());

    private final Map<Integer, StatusCode> own;

    private StatusTable(Map<Integer, StatusCode> own) {
        this.own = Map.copyOf(own);
    }

    /** What a configuration may call a status. */
    private enum Outcome {
        REJECTED(StatusClass.PERMANENT),
        THROTTLED(StatusClass.THROTTLE),
        UNREACHABLE(StatusClass.LATER);

        private final StatusClass kind;

        Outcome(StatusClass kind) {
            this.kind = kind;
        }
    }

    /** What this status asks for. */
    public StatusCode of(int value) {
        StatusCode ownCode = own.get(value);
        return ownCode == null ? StatusCode.of(value) : ownCode;
    }

    /**
     * Reads {@code {0x45: rejected, 0x400: {as: unreachable, retry-after: 60s, tries: 3, code: credit}}}. What an entry does not
     * say is as the standard has it. Faults are recorded.
     */
    public static StatusTable read(Section s) {
        Map<Integer, StatusCode> own = new HashMap<>();
        for (String key : s.keys()) {
            OptionalInt value = statusOf(key);
            boolean detailed = s.hasSection(key);
            Section entry = detailed ? s.section(key) : s;
            Outcome outcome = entry.choice(detailed ? "as" : key, Outcome.class).required();
            if (value.isEmpty()) {
                s.fault(
                        key,
                        "is no command_status",
                        "write it as in 0x45, a number from 1 to 0x7FFFFFFF; 0 is acceptance at every SMSC");
                continue;
            }
            StatusCode standard = StatusCode.of(value.getAsInt());
            own.put(
                    value.getAsInt(),
                    detailed ? detailed(entry, standard, outcome) : changed(standard, outcome, standard.failure()));
        }
        return own.isEmpty() ? STANDARD : new StatusTable(own);
    }

    private static OptionalInt statusOf(String key) {
        try {
            int value = Integer.decode(key.strip());
            return value > 0 ? OptionalInt.of(value) : OptionalInt.empty();
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static StatusCode detailed(Section entry, StatusCode standard, Outcome outcome) {
        FailureCode code = entry.choice("code", FailureCode.class).orElse(standard.failure());
        StatusCode changed = changed(standard, outcome, code);
        return changed.as(
                changed.kind(),
                code,
                entry.duration("retry-after").atLeast(Duration.ZERO).orElse(changed.pause()),
                entry.integer("tries").between(0, 1_000).orElse(changed.mostTries()));
    }

    private static StatusCode changed(StatusCode standard, Outcome outcome, FailureCode code) {
        Duration pause = outcome == Outcome.REJECTED || !standard.pause().isZero()
                ? standard.pause()
                : outcome == Outcome.THROTTLED ? Duration.ofSeconds(1) : Duration.ofSeconds(60);
        return standard.as(outcome.kind, code, pause, outcome == Outcome.UNREACHABLE ? standard.mostTries() : 0);
    }
}
