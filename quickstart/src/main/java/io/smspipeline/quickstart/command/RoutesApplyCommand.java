package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.record.RouteTable;
import io.smspipeline.router.table.TableDiff;
import io.smspipeline.router.table.TableLog;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms routes apply F}: makes the routes of a file the next version. */
@Command(
        name = "apply",
        description =
                "Checks the routes of a file, shows what they change, and publishes them as the next version, which"
                        + " every router decides by from the next message on. Publishes nothing when nothing changes.")
final class RoutesApplyCommand implements Callable<Integer> {
    private final Answer answer;

    @Mixin
    private TableOptions options = new TableOptions();

    @Parameters(
            index = "0",
            paramLabel = "F",
            description = "A file with routes, sender-ids and prices; what else is in it is not published.")
    private Path file = Path.of("");

    @Option(names = "--comment", paramLabel = "WHY", description = "For the record.")
    private String comment = "";

    @Option(names = "--dry-run", description = "Shows what would change, and publishes nothing.")
    private boolean dryRun;

    RoutesApplyCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        RouteFile read = RouteFile.read(file, options.providers());
        TableLog log = options.log();
        List<RouteTable> versions = log.versions();
        RouteTable last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
        List<String> diff = TableDiff.between(last == null ? "{}" : last.getContent(), read.content());
        boolean publish = !dryRun && (last == null || !diff.isEmpty());
        RouteTable next = publish ? log.append(read.content(), comment, TableOptions.by(), null) : last;
        told(answer, options.json(), next, publish, diff);
        return Exit.DONE;
    }

    /** @param inForce null where none was ever published */
    static void told(Answer answer, boolean json, @Nullable RouteTable inForce, boolean published, List<String> diff) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("version", inForce == null ? 0 : inForce.getVersion()).put("applied", published);
            ArrayNode lines = node.putArray("diff");
            diff.forEach(lines::add);
            answer.json(node);
            return;
        }
        diff.forEach(answer::line);
        long version = inForce == null ? 0 : inForce.getVersion();
        answer.line(
                published
                        ? "version " + version + " is published"
                        : (diff.isEmpty() ? "nothing changes" : "nothing is published") + ", version " + version
                                + " stays in force");
    }
}
