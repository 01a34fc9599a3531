package io.smspipeline.router.quality;

import io.smspipeline.record.ProviderQuality;
import java.time.Instant;
import java.util.Collection;

/** How well providers delivered of late. For the thread that decides. */
@FunctionalInterface
public interface Measured {
    /** Nobody was measured. */
    Measured NOTHING = (alias, country) -> Quality.UNMEASURED;

    /**
     * What follows from all that was measured.
     *
     * @param said the last word of each partition
     */
    static Measured of(Collection<ProviderQuality> said, Instant now) {
        return (alias, country) -> {
            Measurement all = new Measurement(0, 0, 0, now.toEpochMilli());
            for (ProviderQuality one : said) {
                if (one.getProvider().equals(alias) && one.getCountry().equals(country)) {
                    all = all.plus(Measurement.of(one));
                }
            }
            return all.quality();
        };
    }

    /**
     * How well one delivered.
     *
     * @param country ISO 3166-1 alpha-2
     */
    Quality of(String alias, String country);
}
