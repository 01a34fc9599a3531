package io.smspipeline.quickstart.command;

import io.smspipeline.record.RouteTable;
import io.smspipeline.router.routing.RoutingPolicy;
import io.smspipeline.router.table.TableDiff;
import io.smspipeline.router.table.TableLog;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms routes rollback}: makes an earlier version the next one. */
@Command(
        name = "rollback",
        description =
                "Publishes the routes of an earlier version once more, as the next version: history is never rewritten.")
final class RoutesRollbackCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(
            names = "--to",
            paramLabel = "N",
            description = "The version to go back to; default: the one before the last.")
    private @Nullable Long to;

    @Option(names = "--comment", paramLabel = "WHY", description = "For the record.")
    private String comment = "";

    RoutesRollbackCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        TableLog log = options.log();
        List<RouteTable> versions = log.versions();
        if (versions.isEmpty()) {
            throw new UserFault("no version of the routes was ever published: there is nothing to go back to.");
        }
        RouteTable last = versions.get(versions.size() - 1);
        RouteTable earlier = RoutesHistoryCommand.of(versions, to == null ? last.getVersion() - 1 : to);
        // It was sound then, with the providers of then.
        io.smspipeline.router.routing.RouteTable.parse(
                earlier.getVersion(), earlier.getContent(), options.providers(), RoutingPolicy.NONE);
        List<String> diff = TableDiff.between(last.getContent(), earlier.getContent());
        RouteTable next = diff.isEmpty()
                ? last
                : log.append(earlier.getContent(), comment, TableOptions.by(), earlier.getVersion());
        RoutesApplyCommand.told(answer, options.json(), next, !diff.isEmpty(), diff);
        return Exit.DONE;
    }
}
