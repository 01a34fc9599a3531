package io.smspipeline.provider;

import io.smspipeline.settings.Section;

/**
 * This process among its equals.
 *
 * @param number 0 or more: the same after a restart, never that of another process
 * @param replica which of the accounts' connections it opens
 */
public record Instance(int number, Replica replica) {
    /**
     * Reads {@code replica: i/n}, or {@code i} alone: a number of its own, with all connections. Absent means {@code 0}. A
     * fault is recorded in the section.
     */
    public static Instance read(Section section) {
        String written = section.text("replica")
                .matching(text -> text.matches("[0-9]{1,4}(/[0-9]{1,4})?"), "i or i/n, such as 0/2")
                .orElse("0");
        String[] numbers = written.split("/", 2);
        int number = Integer.parseInt(numbers[0]);
        if (numbers.length == 1) {
            return new Instance(number, Replica.ONLY);
        }
        return new Instance(
                number,
                section.made(at -> new Replica(number, Integer.parseInt(numbers[1])))
                        .orElse(Replica.ONLY));
    }
}
