package io.smspipeline.simulator.smsc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** In which order the parts of handset texts leave. */
public enum PartOrder {
    /** Text by text, part by part. */
    IN_ORDER,
    /** Text by text, the last part first. */
    REVERSED,
    /** The first parts of all texts sent together, then their second parts, and so on. */
    INTERLEAVED,
    /** As chance has it, over all texts sent together. */
    SHUFFLED;

    /** The parts of all these texts in this order. */
    <T> List<T> arrange(List<List<T>> texts, Random random) {
        List<T> all = new ArrayList<>();
        switch (this) {
            case INTERLEAVED -> {
                int most = texts.stream().mapToInt(List::size).max().orElse(0);
                for (int part = 0; part < most; part++) {
                    for (List<T> text : texts) {
                        if (part < text.size()) {
                            all.add(text.get(part));
                        }
                    }
                }
            }
            case REVERSED -> {
                for (List<T> text : texts) {
                    List<T> backwards = new ArrayList<>(text);
                    Collections.reverse(backwards);
                    all.addAll(backwards);
                }
            }
            default -> texts.forEach(all::addAll);
        }
        if (this == SHUFFLED) {
            Collections.shuffle(all, random);
        }
        return all;
    }
}
