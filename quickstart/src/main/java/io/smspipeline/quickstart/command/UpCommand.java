package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.quickstart.pipeline.DataDirectory;
import io.smspipeline.quickstart.pipeline.LocalPipeline;
import io.smspipeline.quickstart.pipeline.Ports;
import io.smspipeline.service.drain.Service;
import io.smspipeline.service.health.HealthChecks;
import io.smspipeline.service.start.Launch;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms up}: everything in this JVM, until it is told to end. */
@Command(
        name = "up",
        description =
                "Runs the whole pipeline in one JVM on 127.0.0.1: broker and registry unless the configuration names"
                        + " others, all services, and a simulated SMSC unless a configuration is given that has no section smsc.")
final class UpCommand implements Callable<Integer> {
    private final Answer answer;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file; the environment wins over it.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept; default: a temporary directory, deleted at exit.")
    private @Nullable Path data;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            description =
                    "Ports from N: broker, registry, SMSC, its HTTP, webhooks, API, health; default: the usual ones.")
    private @Nullable Integer portBase;

    @Option(names = "--json", description = "One line when everything is ready.")
    private boolean json;

    UpCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        Ports ports;
        try {
            ports = portBase == null ? Ports.USUAL : Ports.from(portBase);
        } catch (IllegalArgumentException e) {
            throw new UserFault(String.valueOf(e.getMessage()));
        }
        HealthChecks health = new HealthChecks();
        return Launch.untilSignal(Service.named("up", health), service -> {
            LocalPipeline pipeline = new LocalPipeline(config, System.getenv(), ports, health);
            LocalPipeline.Running running = pipeline.start(service, DataDirectory.at(data));
            if (json) {
                answer.json(ready(running));
            } else {
                tell(running);
            }
        });
    }

    private static ObjectNode ready(LocalPipeline.Running running) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("event", "ready")
                .put("kafka", running.kafka())
                .put("registry", running.registry());
        SimulatedSmsc smsc = running.smsc();
        if (smsc != null) {
            node.putObject("smsc")
                    .put("host", "127.0.0.1")
                    .put("port", smsc.port())
                    .put("http", smsc.httpPort());
        }
        running.receiver().ifPresent(port -> node.put("receiver", "http://127.0.0.1:" + port));
        return node.put("health", "http://127.0.0.1:" + running.health())
                .put("data", running.data().toString());
    }

    private void tell(LocalPipeline.Running running) {
        SimulatedSmsc smsc = running.smsc();
        answer.line("Kafka            " + running.kafka());
        answer.line("schema registry  " + running.registry());
        if (smsc != null) {
            answer.line("simulated SMSC   127.0.0.1:" + smsc.port() + ", figures at http://127.0.0.1:" + smsc.httpPort()
                    + "/stats");
        }
        running.receiver().ifPresent(port -> answer.line("webhooks         http://127.0.0.1:" + port));
        answer.line("health, metrics  http://127.0.0.1:" + running.health() + "/health/ready");
        answer.line("data             " + running.data());
        String prefix = running.kafka().equals("127.0.0.1:" + Ports.USUAL.broker())
                        && running.registry().endsWith(":" + Ports.USUAL.registry())
                ? ""
                : "SMS_KAFKA__BOOTSTRAP_SERVERS=" + running.kafka() + " SMS_SCHEMA_REGISTRY__URL=" + running.registry()
                        + " ";
        answer.line("");
        answer.line("Try, in another terminal:");
        answer.line("  " + prefix + "./sms send --to +447700900123 --text \"Hello?\" --wait");
        answer.line("  " + prefix + "./sms watch inbound --max 1 --json");
        answer.line("  " + prefix + "./sms watch status");
    }
}
