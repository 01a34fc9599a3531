package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.routes.Replay;
import io.smspipeline.quickstart.tail.TopicTail;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.router.routing.ProviderRef;
import io.smspipeline.router.routing.RouteTable;
import io.smspipeline.router.routing.RoutingPolicy;
import io.smspipeline.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./sms routes replay F}: what the routes of a file would have made of real traffic. */
@Command(
        name = "replay",
        description =
                "Decides the messages that were published lately by the routes in force and by those of a file, side"
                        + " by side, each as of when it was published; providers are taken for ready. Sends nothing.")
final class RoutesReplayCommand implements Callable<Integer> {
    private final Answer answer;
    private final Clock clock = Clock.systemUTC();

    @Mixin
    private TableOptions options = new TableOptions();

    @Parameters(index = "0", paramLabel = "F", description = "A file with routes, sender-ids and prices.")
    private Path file = Path.of("");

    @Option(
            names = "--since",
            paramLabel = "D",
            converter = PatienceConverter.class,
            description = "How far back to begin; default: 1h.")
    private Duration since = Duration.ofHours(1);

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = PatienceConverter.class,
            description = "Ends with 3 when reading the topics takes longer; default: 60.")
    private Duration timeout = Duration.ofSeconds(60);

    RoutesReplayCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        List<ProviderRef> providers = options.providers();
        RouteTable proposed = RouteFile.read(file, providers).table();
        List<io.smspipeline.record.RouteTable> versions = options.log().versions();
        if (versions.isEmpty()) {
            throw new UserFault(
                    "no version of the routes was ever published: there is nothing to compare with. Apply one.");
        }
        io.smspipeline.record.RouteTable last = versions.get(versions.size() - 1);
        RouteTable inForce =
                RouteTable.parse(last.getVersion(), last.getContent(), proposed.providers(), RoutingPolicy.loaded());
        Replay replay = new Replay(inForce, proposed);
        PipelineAddress address = options.address();
        Topics topics = address.topics();
        Instant from = clock.instant().minus(since);
        boolean inTime;
        try (TopicTail tail = TopicTail.since(
                address.kafka(),
                List.of(topics.outgoing().name(), topics.outgoingHigh().name()),
                from)) {
            inTime = tail.toEnd(timeout, record -> {
                try {
                    OutgoingMessage message =
                            address.serdes().read(record.topic(), OutgoingMessage.class, record.value());
                    replay.add(message, Instant.ofEpochMilli(record.timestamp()));
                } catch (SerializationException e) {
                    replay.addUnreadable();
                }
                return true;
            });
        }
        tell(replay, inForce.version());
        return inTime ? Exit.DONE : Exit.TIMED_OUT;
    }

    private void tell(Replay replay, long version) {
        if (options.json()) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("version", version).put("messages", replay.messages()).put("changed", replay.changed());
            node.put("refusedBefore", replay.refusedBefore());
            ArrayNode lines = node.putArray("decisions");
            replay.lines().forEach(line -> {
                ObjectNode each = lines.addObject();
                side(each.putObject("old"), line.pair().before());
                side(each.putObject("new"), line.pair().after());
                each.put("count", line.count()).put("example", line.example());
            });
            answer.json(node);
            return;
        }
        replay.lines()
                .forEach(line -> answer.line((line.pair().isSame() ? "  " : "! ") + line.count() + "  "
                        + line.pair().before() + "  ->  " + line.pair().after() + "  such as " + line.example()));
        answer.line(replay.changed() + " of " + replay.messages() + " messages would go another way than by version "
                + version);
    }

    private static void side(ObjectNode node, Replay.Outcome outcome) {
        node.put("provider", outcome.provider()).put("rule", outcome.rule()).put("held", outcome.held());
    }
}
