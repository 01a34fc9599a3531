package io.smspipeline.quickstart;

import io.smspipeline.quickstart.command.Answer;
import io.smspipeline.quickstart.command.CommandLineTree;
import io.smspipeline.quickstart.command.InputLines;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The {@code ./sms} command line. */
public final class Sms {
    private Sms() {}

    /** Ends with the command's exit code. */
    public static void main(String[] arguments) {
        // stdout is data only: whatever else writes to System.out finds itself among the logs.
        PrintStream data = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        int exit =
                CommandLineTree.of(new Answer(data), new InputLines(System.in)).execute(arguments);
        data.flush();
        System.exit(exit);
    }
}
