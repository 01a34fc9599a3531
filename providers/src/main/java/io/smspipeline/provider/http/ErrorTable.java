package io.smspipeline.provider.http;

import io.smspipeline.provider.webhook.DeliveryErrors;
import io.smspipeline.record.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider's error codes and what they mean to us. Immutable.
 *
 * <p>Written as a table, one row a line, columns divided by bars: code, {@link FailureCode}, remedy, meaning. A remedy is one
 * of {@link Remedy} in lower case with dashes; {@code later} may be followed by a pause and a bound on tries, as in
 * {@code later 60s x3}.
 */
public final class ErrorTable {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

    private final Map<String, ErrorRow> rows = new LinkedHashMap<>();

    private ErrorTable() {}

    /** @throws IllegalArgumentException when a row is none */
    public static ErrorTable parse(String table) {
        ErrorTable all = new ErrorTable();
        for (String line : table.lines().map(String::strip).toList()) {
            if (!line.isEmpty()) {
                ErrorRow row = parsed(line);
                if (all.rows.put(row.code(), row) != null) {
                    throw new IllegalArgumentException("two rows have the code " + row.code());
                }
            }
        }
        return all;
    }

    private static ErrorRow parsed(String line) {
        String[] cells = line.split("\\|", 4);
        if (cells.length < 4) {
            throw new IllegalArgumentException("no row of four columns: " + line);
        }
        String[] remedy = cells[2].strip().split(" +");
        Remedy kind = Remedy.valueOf(remedy[0].toUpperCase(Locale.ROOT).replace('-', '_'));
        Duration pause = kind == Remedy.LATER ? USUAL_PAUSE : Duration.ZERO;
        int tries = 0;
        for (int i = 1; i < remedy.length; i++) {
            if (remedy[i].startsWith("x")) {
                tries = Integer.parseInt(remedy[i].substring(1));
            } else {
                pause = Duration.parse("PT" + remedy[i].toUpperCase(Locale.ROOT));
            }
        }
        return new ErrorRow(
                cells[0].strip(), FailureCode.valueOf(cells[1].strip()), kind, pause, tries, cells[3].strip());
    }

    /** What this code means; null when the table does not have it. */
    public @Nullable ErrorRow row(@Nullable String code) {
        return code == null ? null : rows.get(code);
    }

    /**
     * What an answer means that took nothing: by its code, or else by its status.
     *
     * @param provider who says so
     * @param code null when it has none
     * @param words the provider's own; null when it gave none
     * @param safe as with {@link HttpStatus#meaning}
     */
    public Verdict meaning(
            String provider,
            @Nullable String code,
            @Nullable String words,
            HttpAnswer answer,
            Instant now,
            boolean safe) {
        ErrorRow row = row(code);
        return row == null
                ? HttpStatus.meaning(provider, answer, words, answer.retryAfter(now), safe)
                : row.refusal(provider, words, answer.retryAfter(now));
    }

    /** What the same codes mean where a receipt tells them. */
    public DeliveryErrors ofReceipts() {
        Map<String, DeliveryErrors.Meaning> meanings = new LinkedHashMap<>();
        rows.forEach((code, row) -> meanings.put(
                code, new DeliveryErrors.Meaning(row.failure(), row.remedy() == Remedy.NEVER, row.meaning())));
        return new DeliveryErrors(meanings);
    }

    /** All rows, in the table's order. */
    public Collection<ErrorRow> rows() {
        return rows.values();
    }
}
