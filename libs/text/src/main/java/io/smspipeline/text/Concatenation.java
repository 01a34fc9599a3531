package io.smspipeline.text;

/**
 * Which part of which message this is, as a user data header tells it (3GPP TS 23.040 §9.2.3.24.1 and .8).
 *
 * @param reference the same in all parts of a message, 0..255, or 0..65535 when {@code wide}
 * @param total 1..255
 * @param number 1..total
 * @param wide whether the reference has 16 bits
 */
public record Concatenation(int reference, int total, int number, boolean wide) {}
