package io.smspipeline.schemas.providerid;

import io.smspipeline.record.MoPart;

/**
 * Ids of parts from handsets. One that a provider gave is never given again, so its repeat is known for sure; one made of the content
 * is that of every equal text as well. Pure functions.
 */
public final class PartIds {
    private PartIds() {}

    /** Of a part to which its provider gave an id. */
    public static String given(String provider, String id) {
        return provider + ":" + id;
    }

    /** Of a part that is known by its content alone. */
    public static String ofContent(String provider, String digest) {
        return provider + "#" + digest;
    }

    /** Whether its provider gave it. */
    public static boolean isGiven(MoPart part) {
        return part.getId().startsWith(part.getProvider() + ":");
    }
}
