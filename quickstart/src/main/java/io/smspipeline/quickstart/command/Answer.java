package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Where a command's data goes: stdout, one line at a time and nothing else, so that scripts can read it. Safe for use by
 * many threads.
 */
public final class Answer {
    private final PrintStream out;

    /** Writes to {@code out}, flushing after each line. */
    public Answer(PrintStream out) {
        this.out = out;
    }

    /** One JSON document on a line of its own. */
    public synchronized void json(JsonNode node) {
        out.println(node);
        out.flush();
    }

    /** One line for a person. */
    public synchronized void line(String line) {
        out.println(line);
        out.flush();
    }
}
