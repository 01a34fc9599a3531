package io.smspipeline.proving.ground;

import org.jspecify.annotations.Nullable;

/** Hears of each submit_sm the SMSC took, on the SMSC's threads: return at once. */
public interface Submits {
    /**
     * @param text of the part; null for 8-bit data
     * @param part its number in the message, from 1
     */
    void taken(@Nullable String text, int part);
}
