package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.service.start.Signals;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.BehaviourJson;
import io.smspipeline.simulator.smsc.Delay;
import io.smspipeline.simulator.smsc.MessageIdForm;
import io.smspipeline.simulator.smsc.ReceiptState;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import io.smspipeline.simulator.smsc.TlsPort;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sms smsc}: a simulated SMSC on 127.0.0.1, until it is told to end. */
@Command(
        name = "smsc",
        description = "Runs a simulated SMSC. Its figures are at /stats, its log at /messages of the HTTP port;"
                + " POST /mo sends from a handset, PATCH /behaviour changes how it behaves.")
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
            names = "--account",
            paramLabel = "ID:P",
            description = "A system_id that may bind, and its password, where there are several.")
    private List<String> accounts = List.of();

    @Option(
            names = "--latency",
            paramLabel = "D",
            converter = DelayConverter.class,
            description = "From submit_sm to its answer: 50ms, 10ms..50ms, 'exp 50ms' or 'p50=20ms p99=300ms'; default:"
                    + " 20ms.")
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
            description = "From acceptance to receipt, in the same forms; default: 500ms.")
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
            description = "Submits of one system_id in any second over which ESME_RTHROTTLED is answered; default: 0,"
                    + " never.")
    private int throttle;

    @Option(
            names = "--throttle-total",
            paramLabel = "N",
            description = "The same for all of them together; default: 0, never.")
    private int throttleTotal;

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
            names = "--behaviour",
            paramLabel = "JSON|FILE",
            description = "All else it can be told to do, as PATCH /behaviour takes it: '{\"unanswered\":[\"BIND\"]}'.")
    private @Nullable String wishes;

    @Option(
            names = "--log-pdus",
            paramLabel = "FILE",
            description = "Writes every PDU as a line of JSON behind what the file has; -: to stdout.")
    private @Nullable Path pduLog;

    @Option(names = "--tls-port", paramLabel = "N", description = "A port for SMPP inside TLS; 0 takes a free one.")
    private @Nullable Integer tlsPort;

    @Option(names = "--tls-keystore", paramLabel = "FILE", description = "PKCS12 with its key and certificate.")
    private @Nullable Path tlsKeystore;

    @Option(names = "--tls-password", paramLabel = "P", description = "Of the keystores; default: changeit.")
    private String tlsPassword = "changeit";

    @Option(
            names = "--tls-trust",
            paramLabel = "FILE",
            description =
                    "PKCS12 with certificates: an ESME must show one that these vouch for; default: none is asked for.")
    private @Nullable Path tlsTrust;

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
                ObjectNode where = ready.putObject("smsc")
                        .put("host", "127.0.0.1")
                        .put("port", smsc.port())
                        .put("http", smsc.httpPort());
                if (smsc.tlsPort() > 0) {
                    where.put("tls", smsc.tlsPort());
                }
                answer.json(ready);
            } else {
                answer.line("SMSC at 127.0.0.1:" + smsc.port()
                        + (smsc.tlsPort() > 0 ? ", inside TLS at " + smsc.tlsPort() : "")
                        + ", figures at http://127.0.0.1:" + smsc.httpPort()
                        + "/stats. Ends on Ctrl-C.");
            }
            Signals.first().toCompletableFuture().join();
            return Exit.DONE;
        } catch (IOException e) {
            throw new StartUpFault(
                    "the SMSC cannot start with --port " + port + " and --http-port " + httpPort + ": " + e.getMessage()
                            + ". A port that is taken: choose another, or 0 for a free one.",
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
                .throttleTotal(throttleTotal)
                .errorRate(errorRate)
                .dropEvery(dropEvery)
                .build();
        return SmscSettings.forTests()
                .withPort(port)
                .withHttpPort(httpPort)
                .withAccounts(accounts())
                .withBehaviour(
                        wishes == null
                                ? behaviour
                                : Wishes.of(wishes, each -> new BehaviourJson().changed(behaviour, each)))
                .withPduLog(pduLog)
                .withTls(tls())
                .withJournal(journal);
    }

    private Map<String, String> accounts() {
        Map<String, String> all = new LinkedHashMap<>();
        if (systemId != null) {
            all.put(systemId, password == null ? "" : password);
        }
        for (String account : accounts) {
            int colon = account.indexOf(':');
            if (colon < 1) {
                throw new UserFault("--account " + account + " names no password: write ID:PASSWORD, or ID: for any.");
            }
            all.put(account.substring(0, colon), account.substring(colon + 1));
        }
        return all;
    }

    private @Nullable TlsPort tls() {
        if (tlsPort == null && tlsKeystore == null) {
            return null;
        }
        if (tlsPort == null || tlsKeystore == null) {
            throw new UserFault("TLS needs both --tls-port and --tls-keystore, the file with the SMSC's key.");
        }
        return new TlsPort(tlsPort, tlsKeystore, tlsPassword, tlsTrust);
    }
}
