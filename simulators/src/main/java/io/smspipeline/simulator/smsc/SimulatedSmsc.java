package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.trace.PduLog;
import io.smspipeline.simulator.smsc.wire.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An SMSC on 127.0.0.1: SMPP 3.4, receipts, replies from handsets, and faults on demand. One thread a session, one that
 * accepts, one for what happens later. Safe for use by many threads.
 */
public final class SimulatedSmsc implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedSmsc.class);
    private static final Duration HOUSEKEEPING = Duration.ofMillis(200);
    private static final Duration UNBIND_PATIENCE = Duration.ofSeconds(1);
    private static final Duration OUTBIND_PATIENCE = Duration.ofSeconds(10);

    private final SmscSettings settings;
    private final ServerSocket server;
    private final Counters counters = new Counters();
    private final List<SmscListener> listeners = new CopyOnWriteArrayList<>();
    private final Journal journal;
    private final MessageLog log;
    private final Timeline timeline;
    private final Core core = new Core();
    private final Sessions sessions = new Sessions(core);
    private final Chance chance;
    private final Accounts accounts;
    private final Messages held;
    private final Submits submits;
    private final Operations operations;
    private @Nullable HttpEndpoint http;
    private @Nullable ServerSocket tlsServer;
    private volatile @Nullable PduLog pduLog;
    private volatile Behaviour behaviour;
    private volatile boolean closed;

    private SimulatedSmsc(SmscSettings settings, ServerSocket server, Journal journal, long greatestUsed) {
        this.settings = settings;
        this.journal = journal;
        this.server = server;
        this.behaviour = settings.behaviour();
        this.log = new MessageLog(settings.logSize(), settings.duplicateMemory());
        this.chance = new Chance(settings.seed());
        this.accounts = new Accounts(core, settings.firstAccount());
        this.held = new Messages(core, Clock.systemUTC());
        this.submits = new Submits(core, Clock.systemUTC(), log, held, greatestUsed);
        this.operations = new Operations(core, held);
        this.timeline = new Timeline("smsc-" + server.getLocalPort() + "-later", core::flushAll);
    }

    /**
     * Listens and begins.
     *
     * @throws IOException when the port is taken, or the journal cannot be read and written
     */
    public static SimulatedSmsc start(SmscSettings settings) throws IOException {
        // The port first: who has it may be the one who writes the journal.
        ServerSocket server = new ServerSocket(settings.port(), 100, InetAddress.getLoopbackAddress());
        SimulatedSmsc smsc;
        try {
            smsc = with(settings, server);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        try {
            smsc.open();
        } catch (IOException e) {
            smsc.close();
            throw e;
        }
        smsc.daemon("accept", () -> smsc.accept(server));
        smsc.core.later(HOUSEKEEPING, smsc::keepHouse);
        return smsc;
    }

    /** What it has beside its port. */
    private void open() throws IOException {
        Path log = settings.pduLog();
        if (log != null) {
            pduLog = PduLog.to(log, Clock.systemUTC());
        }
        TlsPort tls = settings.tls();
        if (tls != null) {
            ServerSocket listening = tls.listen();
            tlsServer = listening;
            daemon("accept-tls", () -> accept(listening));
        }
        if (settings.httpPort() >= 0) {
            http = new HttpEndpoint(this, settings.httpPort());
        }
    }

    private static SimulatedSmsc with(SmscSettings settings, ServerSocket server) throws IOException {
        if (settings.journal() == null) {
            return new SimulatedSmsc(settings, server, Journal.NONE, 0);
        }
        FileJournal journal = FileJournal.open(settings.journal());
        SimulatedSmsc smsc = new SimulatedSmsc(settings, server, journal, journal.greatestAtStart());
        for (FileJournal.Debt debt : journal.debts()) {
            smsc.submits.resume(smsc.core.account(debt.systemId()), debt.owed());
        }
        return smsc;
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** Where it listens for TLS on 127.0.0.1; -1 when it does not. */
    public int tlsPort() {
        return tlsServer == null ? -1 : tlsServer.getLocalPort();
    }

    /** Where figures and messages are served on 127.0.0.1; -1 when they are not. */
    public int httpPort() {
        return http == null ? -1 : http.port();
    }

    public SmscSettings settings() {
        return settings;
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    /** Behaves so from now on. Submits read before keep what they were promised; answers held back leave when that ends. */
    public void behave(Behaviour wanted) {
        behaviour = wanted;
        if (!wanted.holdAnswers()) {
            sessions.forEach(session -> session.answers().letGo());
        }
        core.flushAll();
    }

    public SmscFigures figures() {
        return counters.figures(held.count());
    }

    /** {@link SmscFigures#maxInAnySecond()} begins anew; all other figures go on. */
    public void resetMaxInAnySecond() {
        counters.inSecond.clear();
    }

    /** The messages still in the log, the oldest first. */
    public List<ReceivedMessage> messages() {
        return log.latest(Integer.MAX_VALUE);
    }

    /** At most so many of the latest messages, the oldest of them first. */
    public List<ReceivedMessage> messages(int most) {
        return log.latest(most);
    }

    public void addListener(SmscListener listener) {
        listeners.add(listener);
    }

    public void removeListener(SmscListener listener) {
        listeners.remove(listener);
    }

    /**
     * A handset sends a text. It goes to the account that last sent as {@code to}, else to the one this SMSC is settled for,
     * else to any that can receive.
     *
     * @param from the handset, international digits
     * @param to the sender id it writes to
     * @return false when nobody ever bound, so that there is nobody to keep it for
     * @throws io.smspipeline.text.TextRefusedException when it is no text, or longer than 255 parts
     * @throws UncheckedIOException when the journal cannot be written
     */
    public boolean sendFromHandset(String from, String to, String text) {
        return sendFromHandsets(List.of(HandsetText.of(from, to, text)));
    }

    /**
     * Handsets send texts at the same time: their parts leave in the order of {@link Behaviour#moPartOrder()}, or in the one each
     * text names.
     *
     * @return false when nobody ever bound, so that there is nobody to keep them for; then none is sent
     * @throws io.smspipeline.text.TextRefusedException when one cannot be written as it asks; then none is sent
     * @throws IllegalArgumentException when one names a part that it does not have; then none is sent
     * @throws UncheckedIOException when the journal cannot be written
     */
    public boolean sendFromHandsets(List<HandsetText> texts) {
        List<Account> receivers = texts.stream()
                .flatMap(text -> accounts.receiverFor(text.to()).stream())
                .toList();
        if (receivers.size() < texts.size()) {
            return false;
        }
        submits.fromHandsets(texts, receivers);
        try {
            journal.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a text from a handset could not be kept", e);
        }
        return true;
    }

    /** Every link is lost, without a word. */
    public void cutAll() {
        sessions.forEach(Session::cut);
    }

    /** Asks every ESME to go, as before maintenance. */
    public void unbindAll() {
        sessions.forEach(Session::askToUnbind);
    }

    /**
     * Connects to an ESME and asks it to bind as a receiver, SMPP 3.4 §2.2.1. What the ESME makes of it is seen at its bind.
     *
     * @throws IOException when nobody listens there
     */
    public void outbind(String host, int esmePort, String systemId, String password) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, esmePort), (int) OUTBIND_PATIENCE.toMillis());
            begin(socket).outbind(systemId, password);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Tells one ESME that a handset can be reached, SMPP 3.4 §4.12; not kept for later.
     *
     * @param handset the handset, international digits
     * @param esme the sender id it waited for; decides which account is told, as in {@link #sendFromHandset}
     * @param availability ms_availability_status: 0 available, 1 denied, 2 unavailable
     * @return false when nobody can receive now
     */
    public boolean alert(String handset, String esme, int availability) {
        boolean told = accounts.receiverFor(esme)
                .map(account ->
                        account.mailbox().alert(new Address(1, 1, handset), new Address(0, 1, esme), availability))
                .orElse(false);
        core.flushAll();
        return told;
    }

    private void accept(ServerSocket listening) {
        while (!closed) {
            try {
                Session unused = begin(listening.accept());
            } catch (IOException e) {
                if (!closed) {
                    LOG.warn(
                            "simulated SMSC on port {} could not accept a connection: {}",
                            listening.getLocalPort(),
                            e.toString());
                }
            }
        }
    }

    private Session begin(Socket socket) throws IOException {
        return sessions.begin(socket, "smsc-" + port() + "-session-");
    }

    private void daemon(String what, Runnable work) {
        Thread thread = new Thread(work, "smsc-" + port() + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void keepHouse() {
        long now = System.nanoTime();
        long tooOld = now - settings.answerTimeout().toNanos();
        accounts.all().forEach(account -> account.mailbox().takeBackSentBefore(tooOld));
        sessions.forEach(session -> session.checkLink(now));
        core.later(HOUSEKEEPING, this::keepHouse);
    }

    /** Asks every ESME to go, waits a second for those that do, and closes what is left. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.close();
            if (tlsServer != null) {
                tlsServer.close();
            }
            if (!behaviour.mute()) {
                unbindAll();
                sessions.awaitNoneBound(UNBIND_PATIENCE);
            }
        } catch (IOException e) {
            LOG.debug("closing simulated SMSC: {}", e.toString());
        }
        sessions.forEach(Session::close);
        timeline.close();
        if (http != null) {
            http.close();
        }
        PduLog log = pduLog;
        if (log != null) {
            log.close();
        }
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("journal {} of the simulated SMSC: {}", settings.journal(), e.toString());
        }
    }

    /** What sessions and mailboxes see of this SMSC. */
    private final class Core implements SmscCore {
        @Override
        public SmscSettings settings() {
            return settings;
        }

        @Override
        public Behaviour behaviour() {
            return behaviour;
        }

        @Override
        public Counters counters() {
            return counters;
        }

        @Override
        public List<SmscListener> listeners() {
            return listeners;
        }

        @Override
        public Submits submits() {
            return submits;
        }

        @Override
        public Operations operations() {
            return operations;
        }

        @Override
        public Journal journal() {
            return journal;
        }

        @Override
        public Chance chance() {
            return chance;
        }

        @Override
        public void later(Duration delay, Runnable work) {
            timeline.after(delay.toNanos(), work);
        }

        @Override
        public void flushAll() {
            sessions.forEach(Session::flush);
        }

        @Override
        public Account account(String systemId) {
            return accounts.get(systemId);
        }

        @Override
        public void rememberSender(String senderId, Account account) {
            accounts.rememberSender(senderId, account);
        }

        @Override
        public @Nullable PduLog pduLog() {
            return pduLog;
        }

        @Override
        public void ended(Session session) {
            sessions.ended(session);
            flushAll();
        }
    }
}
