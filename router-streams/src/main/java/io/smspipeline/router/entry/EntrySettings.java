package io.smspipeline.router.entry;

import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of messages before anybody is chosen.
 *
 * @param recipients how they are read
 * @param ids how long an id is recognised when it comes again
 * @param keys how long a {@code deduplicationKey} counts
 * @param caps in order; all must let a message through
 * @param senders default sender of each provider that has one, by alias: whom a handset opted out from when the message
 *     names nobody
 */
public record EntrySettings(
        Recipients recipients, Duration ids, Duration keys, List<Cap> caps, Map<String, String> senders) {
    /** Without caps. */
    public static final EntrySettings DEFAULT =
            new EntrySettings(Recipients.DEFAULT, Duration.ofDays(1), Duration.ofDays(1), List.of(), Map.of());

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(30);

    public EntrySettings {
        caps = List.copyOf(caps);
        senders = Map.copyOf(senders);
    }

    /**
     * Reads {@code recipients}, {@code deduplication} and {@code caps}. Faults are recorded in the settings.
     *
     * @param senders default sender of each provider
     */
    public static EntrySettings read(Section root, Map<String, String> senders) {
        Section deduplication = root.section("deduplication");
        return new EntrySettings(
                recipients(root.section("recipients")),
                deduplication.duration("ids").between(LEAST, MOST).orElse(DEFAULT.ids),
                deduplication.duration("keys").between(LEAST, MOST).orElse(DEFAULT.keys),
                caps(root.sections("caps")),
                senders);
    }

    private static Recipients recipients(Section section) {
        Map<String, String> regions = new HashMap<>();
        Section tenants = section.section("regions");
        for (String tenant : tenants.keys()) {
            String region = region(tenants, tenant);
            if (region != null) {
                regions.put(tenant, region);
            }
        }
        Recipients.Check check = Recipients.Check.FORM;
        String wanted = section.text("check").orElse("form");
        try {
            check = Recipients.Check.valueOf(wanted.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            section.fault("check", "'" + wanted + "' is no check", "write form, possible or valid");
        }
        return new Recipients(check, region(section, "default-region"), regions);
    }

    private static @Nullable String region(Section section, String key) {
        String region = section.text(key).orNull();
        if (region != null && !Recipients.knows(region)) {
            section.fault(key, "'" + region + "' is no region", "write its ISO 3166 code of two letters, such as GB");
            return null;
        }
        return region;
    }

    private static List<Cap> caps(List<Section> sections) {
        List<Cap> caps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            String name = section.text("name").orElse("cap " + (caps.size() + 1));
            if (!names.add(name) || name.contains("|")) {
                section.fault("name", "'" + name + "' is taken, or contains '|'", "give each cap a name of its own");
            }
            List<String> prefixes = new ArrayList<>();
            for (String prefix : section.list("to-prefix").orElse(List.of())) {
                if (!prefix.matches("\\+?[1-9][0-9]{0,14}")) {
                    section.fault(
                            "to-prefix",
                            "'" + prefix + "' is not how a number in E.164 begins",
                            "write a plus sign and the first digits, such as \"+44\"");
                }
                prefixes.add(prefix.startsWith("+") ? prefix : "+" + prefix);
            }
            String then = section.text("then").orElse("reject");
            if (!then.equals("hold") && !then.equals("reject")) {
                section.fault("then", "'" + then + "' is nothing a cap does", "write hold or reject");
            }
            caps.add(new Cap(
                    name,
                    subject(section),
                    prefixes,
                    section.integer("most").between(1, 1_000_000_000).required(),
                    section.duration("within").between(LEAST, MOST).required(),
                    then.equals("hold")));
        }
        return caps;
    }

    private static Cap.Subject subject(Section section) {
        String per = section.text("per").required();
        int digits = section.integer("digits").between(1, 15).orElse(6);
        if (per.equals("recipient")) {
            return new Cap.Subject.Recipient();
        }
        if (per.equals("prefix")) {
            return new Cap.Subject.Prefix(digits);
        }
        if (per.startsWith("label.") && per.length() > "label.".length()) {
            return new Cap.Subject.Label(per.substring("label.".length()));
        }
        section.fault("per", "'" + per + "' is nothing to count by", "write recipient, prefix or label.<name>");
        return new Cap.Subject.Recipient();
    }
}
