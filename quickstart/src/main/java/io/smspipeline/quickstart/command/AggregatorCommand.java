package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.service.start.Signals;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorSettings.CallbackTransport;
import io.smspipeline.simulator.aggregator.AggregatorType;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import io.smspipeline.simulator.smsc.Delay;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms aggregator}: a simulated HTTP aggregator on 127.0.0.1, until it is told to end. */
@Command(
        name = "aggregator",
        description =
                "Runs a simulated HTTP aggregator. Its figures are at /stats, its messages at /messages of the HTTP"
                        + " port; POST /mo sends from a handset, PATCH /behaviour changes how it behaves.")
final class AggregatorCommand implements Callable<Integer> {
    private static final String TWILIO_ACCOUNT = "AC00000000000000000000000000000001";

    private final Answer answer;

    @Option(names = "--type", required = true, paramLabel = "T", description = "Whose API: ${COMPLETION-CANDIDATES}.")
    private AggregatorType type = AggregatorType.TWILIO;

    @Option(names = "--port", paramLabel = "N", description = "Port of the API; 0 takes a free one; default: 2780.")
    private int port = 2780;

    @Option(names = "--http-port", paramLabel = "N", description = "HTTP port; 0 takes a free one; default: 2781.")
    private int httpPort = 2781;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description =
                    "Account SID, API key or token id; default: " + TWILIO_ACCOUNT + " for Twilio, demo for others.")
    private @Nullable String account;

    @Option(names = "--secret", paramLabel = "S", description = "Auth token, secret or key; default: secret.")
    private String secret = "secret";

    @Option(
            names = "--callback",
            paramLabel = "URL",
            description =
                    "Where receipts and messages from handsets go: to /status and /im below it; default: nowhere.")
    private @Nullable URI callback;

    @Option(
            names = "--signature-secret",
            paramLabel = "S",
            description = "What Vonage signs with; default: it does not.")
    private String signatureSecret = "";

    @Option(
            names = "--signature-method",
            paramLabel = "M",
            description = "How: md5hash, md5hmac, sha1hmac, sha256hmac or sha512hmac; default: sha256hmac.")
    private String signatureMethod = "sha256hmac";

    @Option(
            names = "--callback-as",
            paramLabel = "HOW",
            description = "How Vonage calls back: ${COMPLETION-CANDIDATES}; default: JSON.")
    private CallbackTransport transport = CallbackTransport.JSON;

    @Option(
            names = "--retry-scale",
            paramLabel = "F",
            description =
                    "What the waits between callbacks' retries are divided by; default: 1, as the provider does it.")
    private double retryScale = 1;

    @Option(
            names = "--latency",
            paramLabel = "D",
            converter = DelayConverter.class,
            description = "From a request to its answer: 50ms, 10ms..50ms, 'exp 50ms' or 'p50=20ms p99=300ms'; default:"
                    + " 20ms.")
    private Delay latency = AggregatorBehaviour.lifelike().latency();

    @Option(
            names = "--throttle",
            paramLabel = "N",
            description = "Requests a second beyond which it is too many; default: 0, never.")
    private int throttle;

    @Option(
            names = "--behaviour",
            paramLabel = "JSON|FILE",
            description = "All else it can be told to do, as PATCH /behaviour takes it: '{\"dropShare\":0.01}'.")
    private @Nullable String wishes;

    @Option(names = "--json", description = "One line with the ports when it listens.")
    private boolean json;

    AggregatorCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        try (SimulatedAggregator aggregator = SimulatedAggregator.start(settings())) {
            if (json) {
                ObjectNode ready = JsonNodeFactory.instance.objectNode().put("event", "ready");
                ready.putObject("aggregator")
                        .put("type", type.name().toLowerCase(Locale.ROOT))
                        .put("host", "127.0.0.1")
                        .put("port", aggregator.port())
                        .put("http", aggregator.httpPort());
                answer.json(ready);
            } else {
                answer.line(type + " at " + aggregator.url() + ", figures at http://127.0.0.1:" + aggregator.httpPort()
                        + "/stats. Ends on Ctrl-C.");
            }
            Signals.first().toCompletableFuture().join();
            return Exit.DONE;
        } catch (IOException e) {
            throw new StartUpFault(
                    "the aggregator cannot start with --port " + port + " and --http-port " + httpPort + ": "
                            + e.getMessage() + ". A port that is taken: choose another, or 0 for a free one.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserFault(String.valueOf(e.getMessage()));
        }
    }

    private AggregatorSettings settings() {
        AggregatorBehaviour behaviour = AggregatorBehaviour.lifelike()
                .with("latency", latency.toString())
                .with("throttle", throttle);
        return AggregatorSettings.forTests(type, account(), secret)
                .withPort(port)
                .withHttpPort(httpPort)
                .withCallback(callback, retryScale)
                .withSignature(signatureMethod, signatureSecret)
                .withTransport(transport)
                .withBehaviour(wishes == null ? behaviour : Wishes.of(wishes, behaviour::changed));
    }

    private String account() {
        if (account != null) {
            return account;
        }
        return type == AggregatorType.TWILIO ? TWILIO_ACCOUNT : "demo";
    }
}
