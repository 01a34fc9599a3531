package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.record.RouteTable;
import io.smspipeline.schemas.json.RecordJson;
import io.smspipeline.settings.SettingsException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./sms routes history}: every version that was published. */
@Command(name = "history", description = "Lists every version of the routes, the oldest first; the last is in force.")
final class RoutesHistoryCommand implements Callable<Integer> {
    private final Answer answer;

    @Spec
    private CommandSpec spec = CommandSpec.create();

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
        if (!versions.isEmpty()) {
            compare(versions.get(versions.size() - 1));
        }
        return Exit.DONE;
    }

    /** Who changes the file and forgets to apply it should not have to search the router's log. */
    private void compare(RouteTable last) {
        options.configured().ifPresent(file -> {
            String verdict;
            try {
                verdict = io.smspipeline.router.routing.RouteTable.parse(
                                        last.getVersion(), last.getContent(), file.providers(), file.policy())
                                .decidesLike(file)
                        ? ""
                        : "the routes of the configuration differ from version " + last.getVersion()
                                + ", which decides. `./sms routes apply FILE` makes them the next version.";
            } catch (SettingsException e) {
                verdict = "version " + last.getVersion() + " is refused by routers with this configuration, and an"
                        + " earlier one decides: " + e.getMessage();
            }
            if (!verdict.isEmpty()) {
                spec.commandLine().getErr().println(verdict);
            }
        });
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
