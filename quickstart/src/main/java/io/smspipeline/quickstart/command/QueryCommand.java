package io.smspipeline.quickstart.command;

import io.smspipeline.record.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./sms query ID}: asks whoever has the message what became of it. */
@Command(
        name = "query",
        description = "Tells the state of a message, and asks the provider that took it and has not told its end.")
final class QueryCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private Ordering ordering = new Ordering();

    QueryCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        return ordering.carryOut(CommandKind.QUERY, answer);
    }
}
