package io.smspipeline.quickstart.command;

import io.smspipeline.record.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./sms cancel ID}: withdraws a message that was not delivered yet. */
@Command(
        name = "cancel",
        description = "Withdraws a message, wherever it is held: 0 when it is CANCELLED, 1 when it is not, and why.")
final class CancelCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private Ordering ordering = new Ordering();

    CancelCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        return ordering.carryOut(CommandKind.CANCEL, answer);
    }
}
