package io.smspipeline.router.quality;

/** How well providers delivered of late. For the thread that decides. */
@FunctionalInterface
public interface Measured {
    /** Nobody was measured. */
    Measured NOTHING = (alias, country) -> Quality.UNMEASURED;

    /**
     * How well one delivered.
     *
     * @param country ISO 3166-1 alpha-2
     */
    Quality of(String alias, String country);
}
