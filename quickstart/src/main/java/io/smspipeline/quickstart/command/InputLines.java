package io.smspipeline.quickstart.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** What a script writes to stdin: UTF-8, one entry a line. For use by one thread. */
public final class InputLines {
    private final BufferedReader in;

    /** Over stdin or what stands for it. */
    public InputLines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Hands over each line that is not blank, to the end. */
    public void each(Consumer<String> taker) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.isBlank()) {
                    taker.accept(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("stdin cannot be read: " + e.getMessage(), e);
        }
    }
}
