package io.smspipeline.provider.smpp.submit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** How {@code validity_period} is written (SMPP 3.4 §7.1.1). */
public enum ValidityFormat {
    /** {@code YYMMDDhhmmss000R}, counted from when the SMSC reads it: no clock skew. */
    RELATIVE,
    /** {@code YYMMDDhhmmsst00+} in UTC. */
    ABSOLUTE;

    /** A month has at least this many days at no SMSC's, so counting it as so many never exceeds what was asked for. */
    private static final int DAYS_A_MONTH = 31;

    /**
     * Writes a validity, rounded down to seconds, at least one.
     *
     * @param now for {@link #ABSOLUTE}
     */
    public String write(Duration validity, Instant now) {
        Duration whole = validity.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : validity;
        return this == RELATIVE ? relative(whole) : absolute(now.plus(whole));
    }

    private static String relative(Duration validity) {
        long months = Math.min(11, validity.toDays() / DAYS_A_MONTH);
        long days = Math.min(DAYS_A_MONTH - 1, validity.toDays() - months * DAYS_A_MONTH);
        StringBuilder text = new StringBuilder(16).append("00");
        two(text, (int) months);
        two(text, (int) days);
        two(text, validity.toHoursPart());
        two(text, validity.toMinutesPart());
        two(text, validity.toSecondsPart());
        return text.append("000R").toString();
    }

    private static String absolute(Instant until) {
        ZonedDateTime utc = until.atZone(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(16);
        two(text, utc.getYear() % 100);
        two(text, utc.getMonthValue());
        two(text, utc.getDayOfMonth());
        two(text, utc.getHour());
        two(text, utc.getMinute());
        two(text, utc.getSecond());
        return text.append(utc.getNano() / 100_000_000).append("00+").toString();
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
