package io.smspipeline.text;

/**
 * What transliteration did to a text, once.
 *
 * @param position where the original begins in the text as given, in UTF-16 units from 0
 * @param original what stood there
 * @param replacement what is sent in its place; may be empty
 */
public record Replacement(int position, String original, String replacement) {}
