package io.smspipeline.simulator.aggregator;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message the aggregator took.
 *
 * @param ids its id, or one for each of its parts
 * @param to digits, without a plus sign
 * @param from as it was sent; empty when the aggregator chose
 * @param parts how many the handset gets
 * @param fields everything the request said about it, as it said it
 * @param callback where its receipts go; empty: where the account says
 */
public record Sms(
        List<String> ids,
        String to,
        String from,
        String text,
        int parts,
        Map<String, String> fields,
        String callback,
        Instant at) {
    /** The one with this id. */
    static Optional<Sms> named(String id, List<Sms> all) {
        return all.stream().filter(sms -> sms.id().equals(id)).findFirst();
    }

    /** Its id, or that of its first part. */
    public String id() {
        return ids.get(0);
    }
}
