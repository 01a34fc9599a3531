package io.smspipeline.quickstart.command;

import io.smspipeline.record.CommandKind;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ./sms resolve ID resend|fail}: decides about a message of which nobody knows whether a provider took it. */
@Command(name = "resolve", description = "Decides about a message that is UNCERTAIN: submit it again, or end it.")
final class ResolveCommand implements Callable<Integer> {
    /** What is decided. */
    enum Decision {
        RESEND(CommandKind.RESEND),
        FAIL(CommandKind.FAIL);

        private final CommandKind kind;

        Decision(CommandKind kind) {
            this.kind = kind;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Answer answer;

    @Mixin
    private Ordering ordering = new Ordering();

    @Parameters(index = "1", paramLabel = "resend|fail", description = "One of ${COMPLETION-CANDIDATES}.")
    private Decision decision = Decision.FAIL;

    ResolveCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        return ordering.carryOut(decision.kind, answer);
    }
}
