package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import io.smspipeline.localkafka.registry.LocalRegistry;
import io.smspipeline.quickstart.pipeline.DataDirectory;
import io.smspipeline.receiver.ReceiverBlueprint;
import io.smspipeline.router.RouterBlueprint;
import io.smspipeline.sender.SenderBlueprint;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.service.start.Reach;
import io.smspipeline.service.start.Signals;
import io.smspipeline.service.start.SingleService;
import io.smspipeline.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./sms run …}: one part in a JVM of its own, until it is told to end. */
@Command(name = "run", description = "Runs one part of the pipeline in this JVM.", mixinStandardHelpOptions = true)
final class RunCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Answer answer;

    RunCommand(Answer answer) {
        this.answer = answer;
    }

    /** What the services' processes have in common. */
    static final class ServiceOptions {
        @Mixin
        private PipelineOptions pipeline = new PipelineOptions();

        @Option(names = "--data", paramLabel = "DIR", description = "Directory for state; default: a temporary one.")
        private @Nullable Path data;

        @Option(
                names = "--instance",
                paramLabel = "I[/N]",
                description =
                        "This process among its equals, from 0: I alone is its number in the group, with all binds;"
                                + " I/N opens the binds k with k mod N = I.")
        private @Nullable String instance;

        private int run(Blueprint<?> blueprint) {
            Map<String, String> environment = new HashMap<>(System.getenv());
            if (instance != null) {
                if (!instance.matches("[0-9]{1,4}(/[0-9]{1,4})?")) {
                    throw new UserFault("--instance is '" + instance + "': give I or I/N, such as 0/2.");
                }
                environment.put("SMS_" + blueprint.name().toUpperCase(Locale.ROOT) + "__REPLICA", instance);
            }
            DataDirectory directory = DataDirectory.at(data);
            try (directory) {
                return SingleService.run(blueprint, pipeline.config(), environment, directory.path());
            }
        }
    }

    @Command(name = "router", description = "Decides who carries messages, and what became of them.")
    int router(@Mixin ServiceOptions options) {
        return options.run(new RouterBlueprint());
    }

    @Command(name = "sender", description = "Hands messages to providers.")
    int sender(@Mixin ServiceOptions options) {
        return options.run(new SenderBlueprint());
    }

    @Command(name = "receiver", description = "Takes receipts and messages from providers.")
    int receiver(@Mixin ServiceOptions options) {
        return options.run(new ReceiverBlueprint());
    }

    @Command(name = "broker", description = "A Kafka broker on 127.0.0.1, for trying things out.")
    int broker(
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            description = "0 takes a free one; default: 9092.",
                            defaultValue = "9092")
                    int port,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = "Where records are kept; default: a temporary directory.")
                    @Nullable
                    Path data,
            @Option(names = "--json", description = "One line with the address when it listens.") boolean json) {
        try (DataDirectory directory = DataDirectory.at(data);
                LocalBroker broker = LocalBroker.start(
                        BrokerSettings.in(directory.path().resolve("kafka")).withPort(port))) {
            ready(json, "kafka", broker.bootstrapServers());
            return Exit.DONE;
        }
    }

    @Command(
            name = "registry",
            description = "A schema registry on 127.0.0.1, for trying things out; keeps its schemas in Kafka.")
    int registry(
            @Mixin PipelineOptions pipeline,
            @Option(
                            names = "--port",
                            paramLabel = "N",
                            description = "0 takes a free one; default: 8081.",
                            defaultValue = "8081")
                    int port,
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            description = "Accepted and not needed: schemas are kept in Kafka.")
                    @Nullable
                    Path data,
            @Option(names = "--json", description = "One line with the address when it listens.") boolean json) {
        Settings settings = pipeline.settings();
        KafkaSettings kafka = KafkaSettings.read(settings.root());
        settings.faults().throwIfAny();
        Reach.kafka(kafka, PATIENCE);
        try (LocalRegistry registry = LocalRegistry.start(kafka.bootstrapServers(), port)) {
            ready(json, "registry", registry.url());
            return Exit.DONE;
        }
    }

    private void ready(boolean json, String what, String address) {
        if (json) {
            answer.json(
                    JsonNodeFactory.instance.objectNode().put("event", "ready").put(what, address));
        } else {
            answer.line(what + " at " + address + ". Ends on Ctrl-C.");
        }
        Signals.first().toCompletableFuture().join();
    }
}
