package io.smspipeline.router.routing;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Times of the week at some place. Immutable.
 *
 * @param hours of which one must hold; empty for the whole day
 * @param days on which they begin; empty for every day
 * @param zone whose clock counts
 */
public record TimeWindow(List<Hours> hours, Set<DayOfWeek> days, ZoneId zone) {
    /** A window that is still closed after so many ends has none. */
    private static final int MOST_ENDS = 64;

    public TimeWindow {
        hours = List.copyOf(hours);
        days = Set.copyOf(days);
    }

    /**
     * A time of the day. Over midnight when it ends before it begins; it then belongs to the day it begins on.
     *
     * @param from minute of the day, 0 to 1439
     * @param to minute of the day, 1 to 1440, which is not in it any more
     */
    public record Hours(int from, int to) {
        private static final Hours WHOLE_DAY = new Hours(0, 24 * 60);

        private boolean overMidnight() {
            return to <= from;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60);
        }
    }

    boolean contains(Instant at) {
        return end(at).isPresent();
    }

    /** When it ends that holds now; empty when it does not hold, or never ends. */
    Optional<Instant> closes(Instant now) {
        Instant at = now;
        for (int i = 0; i < MOST_ENDS; i++) {
            Optional<Instant> end = end(at);
            if (end.isEmpty()) {
                return i == 0 ? Optional.empty() : Optional.of(at);
            }
            at = end.get();
        }
        return Optional.empty();
    }

    /** When those hours end that hold at an instant. */
    private Optional<Instant> end(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        LocalDate day = local.toLocalDate();
        double minute = local.toLocalTime().toNanoOfDay() / 60e9;
        for (Hours each : hours.isEmpty() ? List.of(Hours.WHOLE_DAY) : hours) {
            if (each.overMidnight() && minute < each.to() && isOn(day.minusDays(1))) {
                return Optional.of(instant(day, each.to(), at));
            }
            if (minute >= each.from() && (each.overMidnight() || minute < each.to()) && isOn(day)) {
                return Optional.of(instant(each.overMidnight() ? day.plusDays(1) : day, each.to(), at));
            }
        }
        return Optional.empty();
    }

    private boolean isOn(LocalDate day) {
        return days.isEmpty() || days.contains(day.getDayOfWeek());
    }

    /** Where the clock is put back, an hour is there twice: the one that is to come counts. */
    private Instant instant(LocalDate day, int minute, Instant after) {
        LocalDate on = minute == 24 * 60 ? day.plusDays(1) : day;
        ZonedDateTime local = ZonedDateTime.of(on, LocalTime.ofSecondOfDay(minute % (24 * 60) * 60L), zone);
        return local.toInstant().isAfter(after)
                ? local.toInstant()
                : local.withLaterOffsetAtOverlap().toInstant();
    }

    @Override
    public String toString() {
        String time = hours.isEmpty()
                ? "any time"
                : hours.stream().map(Hours::toString).collect(Collectors.joining(" or "));
        String on = days.isEmpty()
                ? ""
                : " on "
                        + days.stream()
                                .sorted()
                                .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "));
        return time + on + " in " + zone;
    }
}
