package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.service.start.Signals;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.Delay;
import io.smspipeline.simulator.smsc.MessageIdForm;
import io.smspipeline.simulator.smsc.ReceiptState;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms smsc}: a simulated SMSC on 127.0.0.1, until it is told to end. */
@Command(
        name = "smsc",
        description = "Runs a simulated SMSC. Its figures are at /stats, its log at /messages of the HTTP port;"
                + " POST /mo sends from a handset, POST /behaviour changes how it behaves.")
final class SmscCommand implements Callable<Integer> {
    private final Answer answer;

    @Option(names = "--port", paramLabel = "N", description = "SMPP port; 0 takes a free one; default: 2775.")
    private int port = 2775;

    @Option(names = "--http-port", paramLabel = "N", description = "HTTP port; 0 takes a free one; default: 2776.")
    private int httpPort = 2776;

    @Option(names = "--system-id", paramLabel = "S", description = "The only one that may bind; default: any.")
    private @Nullable String systemId;

    @Option(names = "--password", paramLabel = "P", description = "The only one that is taken; default: any.")
    private @Nullable String password;

    @Option(
            names = "--latency",
            paramLabel = "D",
            converter = DelayConverter.class,
            description = "From submit_sm to its answer; default: 20ms.")
    private Delay latency = Behaviour.lifelike().latency();

    @Option(
            names = "--receipts",
            paramLabel = "true|false",
            arity = "1",
            description = "Whether receipts are sent; default: true.")
    private boolean receipts = true;

    @Option(
            names = "--receipt-delay",
            paramLabel = "D",
            converter = DelayConverter.class,
            description = "From acceptance to receipt; default: 500ms.")
    private Delay receiptDelay = Behaviour.lifelike().receiptDelay();

    @Option(
            names = "--receipt-state",
            paramLabel = "S",
            description = "How messages end: ${COMPLETION-CANDIDATES}; default: DELIVRD.")
    private ReceiptState receiptState = ReceiptState.DELIVRD;

    @Option(
            names = "--reply-delay",
            paramLabel = "D",
            converter = DelayConverter.class,
            description = "From acceptance to the reply to a text ending in '?'; default: 1s.")
    private Delay replyDelay = Behaviour.lifelike().replyDelay();

    @Option(
            names = "--message-ids",
            paramLabel = "F",
            description = "How ids are written: ${COMPLETION-CANDIDATES}; default: DECIMAL.")
    private MessageIdForm messageIds = MessageIdForm.DECIMAL;

    @Option(names = "--max-binds", paramLabel = "N", description = "Binds of one system_id; 0: any number; default: 0.")
    private int maxBinds;

    @Option(
            names = "--throttle",
            paramLabel = "N",
            description = "Submits a second over which ESME_RTHROTTLED is answered; default: 0, never.")
    private int throttle;

    @Option(
            names = "--error-rate",
            paramLabel = "F",
            description = "Share of submits refused with ESME_RSYSERR, 0 to 1; default: 0.")
    private double errorRate;

    @Option(
            names = "--drop-every",
            paramLabel = "N",
            description = "Cuts the connection after every so many submits; default: 0, never.")
    private int dropEvery;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Keeps what is owed across restarts; default: memory only.")
    private @Nullable Path journal;

    @Option(names = "--json", description = "One line with the ports when it listens.")
    private boolean json;

    SmscCommand(Answer answer) {
        this.answer = answer;
    }

    @Override
    public Integer call() {
        try (SimulatedSmsc smsc = SimulatedSmsc.start(settings())) {
            if (json) {
                ObjectNode ready = JsonNodeFactory.instance.objectNode().put("event", "ready");
                ready.putObject("smsc")
                        .put("host", "127.0.0.1")
                        .put("port", smsc.port())
                        .put("http", smsc.httpPort());
                answer.json(ready);
            } else {
                answer.line("SMSC at 127.0.0.1:" + smsc.port() + ", figures at http://127.0.0.1:" + smsc.httpPort()
                        + "/stats. Ends on Ctrl-C.");
            }
            Signals.first().toCompletableFuture().join();
            return Exit.DONE;
        } catch (IOException e) {
            throw new StartUpFault(
                    "--port " + port + " or --http-port " + httpPort + " cannot be listened at: " + e.getMessage()
                            + ". Choose others, or 0 for free ones.",
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserFault(String.valueOf(e.getMessage()));
        }
    }

    private SmscSettings settings() {
        Behaviour behaviour = Behaviour.lifelike()
                .with()
                .latency(latency)
                .receipts(receipts)
                .receiptDelay(receiptDelay)
                .receiptState(receiptState)
                .replyDelay(replyDelay)
                .messageIds(messageIds)
                .maxBinds(maxBinds)
                .throttle(throttle)
                .errorRate(errorRate)
                .dropEvery(dropEvery)
                .build();
        return SmscSettings.forTests()
                .withPort(port)
                .withHttpPort(httpPort)
                .withAccount(systemId, password)
                .withBehaviour(behaviour)
                .withJournal(journal);
    }
}
