package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.record.RouteTable;
import io.smspipeline.schemas.json.RecordJson;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms routes history}: every version that was published. */
@Command(name = "history", description = "Lists every version of the routes, the oldest first; the last is in force.")
final class RoutesHistoryCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private TableOptions options = new TableOptions();

    @Option(names = "--show", paramLabel = "N", description = "Prints the routes of this version, as apply takes them.")
    private @Nullable Long show;

    RoutesHistoryCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        List<RouteTable> versions = options.log().versions();
        Long wanted = show;
        if (wanted != null) {
            answer.line(of(versions, wanted).getContent());
            return Exit.DONE;
        }
        for (RouteTable version : versions) {
            if (options.json()) {
                ObjectNode node = RecordJson.of(version);
                answer.json(node);
            } else {
                Long restored = version.getRestored();
                answer.line(version.getVersion() + "  " + version.getAppliedAt() + "  " + version.getAppliedBy()
                        + (restored == null ? "" : "  version " + restored + " again")
                        + (version.getComment().isEmpty() ? "" : "  " + version.getComment()));
            }
        }
        return Exit.DONE;
    }

    /** @throws UserFault when there is no such version */
    static RouteTable of(List<RouteTable> versions, long number) {
        return versions.stream()
                .filter(version -> version.getVersion() == number)
                .findFirst()
                .orElseThrow(() -> new UserFault("there is no version " + number + " of the routes: there are "
                        + (versions.isEmpty()
                                ? "none"
                                : "1 to " + versions.get(versions.size() - 1).getVersion()) + "."));
    }
}
