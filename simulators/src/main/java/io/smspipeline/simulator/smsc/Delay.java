package io.smspipeline.simulator.smsc;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How long something takes: always the same, or drawn anew each time. Immutable. {@link #toString()} writes what
 * {@link #parse(String)} reads.
 */
public sealed interface Delay {
    /** No time at all. */
    Delay NONE = new Fixed(Duration.ZERO);

    /** Always the same. */
    static Delay fixed(Duration value) {
        return new Fixed(value);
    }

    /** Any time from {@code least} to {@code most}, each as likely. */
    static Delay between(Duration least, Duration most) {
        return new Between(least, most);
    }

    /** Most are short and a few are long: what waiting for independent events gives. */
    static Delay exponential(Duration mean) {
        return new Exponential(mean);
    }

    /**
     * Reads {@code 50ms} (always), {@code 10ms..50ms} (any between), {@code exp 50ms} (exponential with this mean) or
     * {@code p50=20ms p99=300ms} (percentiles: linear from 0 at p0, and none above the last).
     *
     * @throws IllegalArgumentException when it is none of these, with a sentence for who wrote it
     */
    static Delay parse(String text) {
        String trimmed = text.trim();
        int dots = trimmed.indexOf("..");
        if (dots >= 0) {
            return new Between(duration(trimmed.substring(0, dots)), duration(trimmed.substring(dots + 2)));
        }
        if (trimmed.startsWith("exp ")) {
            return new Exponential(duration(trimmed.substring(4)));
        }
        if (trimmed.startsWith("p")) {
            List<Percentile> points = new ArrayList<>();
            for (String each : trimmed.split("[ ,]+", -1)) {
                points.add(Percentile.parse(each));
            }
            return new Percentiles(points);
        }
        return new Fixed(duration(trimmed));
    }

    /** One of many; the chance is drawn from {@code random}. */
    Duration draw(Random random);

    /** Reads {@code 500ms}, {@code 30s}, {@code 5m}, {@code 72h} or ISO-8601. */
    static Duration duration(String text) {
        String trimmed = text.trim();
        try {
            if (trimmed.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(trimmed.substring(0, trimmed.length() - 2)));
            }
            return Duration.parse(trimmed.startsWith("P") ? trimmed : "PT" + trimmed.toUpperCase(Locale.ROOT));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + trimmed + "\" is no duration: write 500ms, 30s, 5m or 72h", e);
        }
    }

    /** Writes what {@link #duration(String)} reads. */
    static String written(Duration value) {
        return value.toNanosPart() % 1_000_000 == 0 ? value.toMillis() + "ms" : value.toString();
    }

    private static void requireNotNegative(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    "a delay of " + value + " is no delay: nothing happens before its cause. Set 0ms or more.");
        }
    }

    /** Always the same. */
    record Fixed(Duration value) implements Delay {
        public Fixed {
            requireNotNegative(value);
        }

        @Override
        public Duration draw(Random random) {
            return value;
        }

        @Override
        public String toString() {
            return written(value);
        }
    }

    /** Each as likely. */
    record Between(Duration least, Duration most) implements Delay {
        public Between {
            requireNotNegative(least);
            if (most.compareTo(least) < 0) {
                throw new IllegalArgumentException("a delay from " + written(least) + " to " + written(most)
                        + " ends before it begins: write the shorter one first.");
            }
        }

        @Override
        public Duration draw(Random random) {
            long span = most.minus(least).toNanos();
            return least.plusNanos(Math.round(random.nextDouble() * span));
        }

        @Override
        public String toString() {
            return written(least) + ".." + written(most);
        }
    }

    /** Of this mean. */
    record Exponential(Duration mean) implements Delay {
        public Exponential {
            requireNotNegative(mean);
        }

        @Override
        public Duration draw(Random random) {
            return Duration.ofNanos(Math.round(-Math.log(1 - random.nextDouble()) * mean.toNanos()));
        }

        @Override
        public String toString() {
            return "exp " + written(mean);
        }
    }

    /**
     * So many of a hundred take no longer than this.
     *
     * @param share 0 to 100
     */
    record Percentile(double share, Duration within) {
        private static final Pattern WRITTEN = Pattern.compile("p(\\d{1,3}(?:\\.\\d{1,6})?)=(.+)");

        public Percentile {
            requireNotNegative(within);
            if (!(share >= 0 && share <= 100)) {
                throw new IllegalArgumentException("percentile " + share + " is none: write p0 to p100.");
            }
        }

        static Percentile parse(String text) {
            Matcher matcher = WRITTEN.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no percentile: write p50=20ms, and more of them behind a blank.");
            }
            return new Percentile(Double.parseDouble(matcher.group(1)), duration(matcher.group(2)));
        }

        @Override
        public String toString() {
            String number = share == Math.rint(share) ? Integer.toString((int) share) : Double.toString(share);
            return "p" + number + "=" + written(within);
        }
    }

    /** Linear between those given, from 0 at p0 on; none takes longer than the last. */
    record Percentiles(List<Percentile> points) implements Delay {
        public Percentiles {
            points = List.copyOf(points);
            if (points.isEmpty()) {
                throw new IllegalArgumentException("percentiles need at least one: write p50=20ms.");
            }
            for (int i = 1; i < points.size(); i++) {
                Percentile before = points.get(i - 1);
                Percentile point = points.get(i);
                if (point.share() <= before.share() || point.within().compareTo(before.within()) < 0) {
                    throw new IllegalArgumentException(before + " stands before " + point
                            + ": percentiles and their times grow from left to right.");
                }
            }
        }

        @Override
        public Duration draw(Random random) {
            double share = random.nextDouble() * 100;
            Percentile before = new Percentile(0, Duration.ZERO);
            for (Percentile point : points) {
                if (share <= point.share()) {
                    double way = (share - before.share()) / (point.share() - before.share());
                    long span = point.within().minus(before.within()).toNanos();
                    return before.within().plusNanos(Math.round(way * span));
                }
                before = point;
            }
            return before.within();
        }

        @Override
        public String toString() {
            return points.stream().map(Percentile::toString).collect(Collectors.joining(" "));
        }
    }
}
