package io.smspipeline.simulator.aggregator;

import io.smspipeline.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;

/** Texts as networks count them. */
final class HandsetText {
    private static final int PART = 67;

    private HandsetText() {}

    /** How many parts a text is. */
    static int parts(String text) {
        return text.isEmpty() ? 1 : TextEncoder.partsOf(text);
    }

    /** A text in pieces of which each is a part, whatever characters it has. */
    static List<String> pieces(String text) {
        if (parts(text) == 1) {
            return List.of(text);
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(text.length(), from + PART);
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}
