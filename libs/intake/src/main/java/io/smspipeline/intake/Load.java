package io.smspipeline.intake;

/**
 * How much of a partition is in hand.
 *
 * @param open records taken and not finished
 * @param span offsets from the first open record to the last one delivered, both counted; 0 when none is open
 */
public record Load(int open, long span) {}
