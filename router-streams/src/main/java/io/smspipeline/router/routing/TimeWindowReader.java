package io.smspipeline.router.routing;

import io.smspipeline.settings.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the keys {@code time}, {@code day} and {@code zone}. For one section, by one thread. */
final class TimeWindowReader {
    private static final Pattern HOURS =
            Pattern.compile("([01]?[0-9]|2[0-4]):([0-5][0-9])\\s*-\\s*([01]?[0-9]|2[0-4]):([0-5][0-9])");

    private final Section section;
    private boolean sound = true;

    TimeWindowReader(Section section) {
        this.section = section;
    }

    boolean isThere() {
        return section.has("time") | section.has("day") | section.has("zone");
    }

    boolean isSound() {
        return sound;
    }

    TimeWindow read() {
        List<TimeWindow.Hours> hours = new ArrayList<>();
        for (String text : section.list("time").orElse(List.of())) {
            TimeWindow.Hours read = hours(text.strip());
            if (read == null) {
                fault("time", "'" + text + "' is no time of the day", "write it as 08:00-20:00");
            } else {
                hours.add(read);
            }
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String text : section.list("day").orElse(List.of())) {
            days(text, days);
        }
        if (!section.has("time") && !section.has("day")) {
            fault("zone", "stands without a time or a day", "add one, or remove it");
        }
        return new TimeWindow(hours, days, zone());
    }

    private static TimeWindow.@Nullable Hours hours(String text) {
        Matcher matcher = HOURS.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int from = 60 * Integer.parseInt(matcher.group(1)) + Integer.parseInt(matcher.group(2));
        int to = 60 * Integer.parseInt(matcher.group(3)) + Integer.parseInt(matcher.group(4));
        return from == to || from >= 24 * 60 || to > 24 * 60
                ? null
                : new TimeWindow.Hours(from, to == 0 ? 24 * 60 : to);
    }

    /** {@code sat}, {@code saturday}, or {@code mon-fri}. */
    private void days(String text, Set<DayOfWeek> days) {
        String[] ends = text.strip().split("\\s*-\\s*", 2);
        DayOfWeek first = day(ends[0]);
        DayOfWeek last = day(ends[ends.length - 1]);
        if (first == null || last == null) {
            fault("day", "'" + text + "' is no day", "write one of mon, tue, wed, thu, fri, sat, sun, or mon-fri");
            return;
        }
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
    }

    private static @Nullable DayOfWeek day(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (name.length() >= 3 && day.name().startsWith(name)) {
                return day;
            }
        }
        return null;
    }

    private ZoneId zone() {
        String text = section.text("zone").orElse("UTC");
        try {
            return ZoneId.of(text.strip());
        } catch (DateTimeException e) {
            fault("zone", "'" + text + "' is no time zone", "write one such as Europe/Berlin or UTC");
            return ZoneOffset.UTC;
        }
    }

    private void fault(String key, String what, String whatToDo) {
        sound = false;
        section.fault(key, what, whatToDo);
    }
}
