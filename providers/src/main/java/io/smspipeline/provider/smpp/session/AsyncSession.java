package io.smspipeline.provider.smpp.session;

import io.smspipeline.provider.smpp.session.Request.Fate;
import io.smspipeline.provider.smpp.trace.PduTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.util.DefaultComposer;
import org.jsmpp.util.PDUComposer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SMPP session from connecting to its end; never bound a second time. Requests are answered through {@link Request}, on
 * the thread that reads: no thread waits, and what was read before the link broke counts. Safe for use by many threads.
 *
 * <p>jSMPP's own timers are off: whoever holds the session calls {@link #tick()} regularly, which probes a silent link and
 * gives up on requests that were not answered in time.
 */
public final class AsyncSession extends SMPPSession {
    private static final Logger LOG = LoggerFactory.getLogger(AsyncSession.class);

    /** For a reader to find the rest of what arrived, once a write has failed. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** So many answers of one burst are worth waking the submitting thread for, while the rest of the burst is read. */
    private static final int MANY = 8;

    private static final PDUComposer COMPOSER = new DefaultComposer();

    private final SessionTiming timing;
    private final Executor executor;
    private final SessionListener listener;
    private final PduTrace trace;
    private final UnderWay underWay = new UnderWay();
    private final Probe probe;
    private final OnceDialed dialed;
    private final AtomicReference<@Nullable String> endedBecause = new AtomicReference<>();
    private final AtomicBoolean flushAsked = new AtomicBoolean();
    private final AtomicInteger owed = new AtomicInteger();
    private volatile long writeFailedAt;

    /** While the listener makes the reading thread wait, answers to our probes wait too: that is not silence. */
    private volatile boolean handingOver;

    /**
     * @param executor runs what may block: writes that nobody waits for
     * @param trace is shown every PDU, where it is on
     */
    public AsyncSession(
            Dialer dialer, SessionTiming timing, Executor executor, SessionListener listener, PduTrace trace) {
        this(new PduInput(), new OnceDialed(dialer), timing, executor, listener, trace);
    }

    private AsyncSession(
            PduInput input,
            OnceDialed dialed,
            SessionTiming timing,
            Executor executor,
            SessionListener listener,
            PduTrace trace) {
        super(new DefaultPDUSender(COMPOSER), input, dialed);
        this.dialed = dialed;
        this.timing = timing;
        this.executor = executor;
        this.listener = listener;
        this.trace = trace;
        this.probe = new Probe(timing, System.nanoTime());
        input.feed(new Reading());
        // 0 sets no read timeout, so no PDU is torn by one, and lets jSMPP's probing thread end at once.
        setEnquireLinkTimer(0);
        setTransactionTimer(timing.response().toMillis());
        setPduProcessorDegree(1);
    }

    /** Makes the one connection of the session and remembers it. */
    private static final class OnceDialed implements ConnectionFactory {
        private final Dialer dialer;
        private volatile @Nullable SocketLink link;

        OnceDialed(Dialer dialer) {
            this.dialer = dialer;
        }

        @Override
        public Connection createConnection(String host, int port) throws IOException {
            SocketLink made = (SocketLink) dialer.dial(host, port);
            link = made;
            return made;
        }
    }

    /**
     * Connects and binds. Blocks for at most the dialer's timeout and the response timeout.
     *
     * @throws BindRefusedException when the SMSC says no
     * @throws IOException when there is no connection, or it breaks, or no answer comes
     */
    public void bind(BindType type, Login login) throws IOException {
        connect(login.host(), login.port());
        if (endedBecause.get() != null) {
            close();
            abandon();
        }
        BindRequest request = new BindRequest(() -> sessionContext().bound(type, InterfaceVersion.IF_34));
        send(sequence -> bindPdu(type, login, sequence), request);
        flushNow();
        try {
            int status = request.status().get(timing.response().toMillis(), TimeUnit.MILLISECONDS);
            if (status != SMPPConstant.STAT_ESME_ROK) {
                end("the bind was refused");
                throw new BindRefusedException(status);
            }
        } catch (TimeoutException e) {
            end("no answer to the bind");
            throw new IOException("the SMSC did not answer the bind within " + timing.response(), e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? "no bind" : e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end("interrupted");
            throw new IOException("interrupted while binding", e);
        }
    }

    private void abandon() throws IOException {
        SocketLink link = dialed.link;
        if (link != null) {
            link.close();
        }
        throw new IOException("the session was ended while it connected");
    }

    private static byte[] bindPdu(BindType type, Login login, int sequence) {
        try {
            return COMPOSER.bind(
                    type.commandId(),
                    sequence,
                    login.systemId(),
                    login.password().reveal(),
                    login.systemType(),
                    (byte) login.interfaceVersion(),
                    (byte) login.addrTon(),
                    (byte) login.addrNpi(),
                    login.addressRange());
        } catch (PDUStringException e) {
            throw new IllegalArgumentException("a bind parameter is too long: " + e.getMessage(), e);
        }
    }

    /**
     * Sends a request when {@link #flush()} is called, or something else is sent. Never blocks, never throws for the network.
     *
     * @param pdu makes the PDU for a sequence_number
     * @param request hears the answer, maybe before this returns
     */
    public void send(IntFunction<byte[]> pdu, Request request) {
        int sequence = sequence().nextValue();
        byte[] octets = pdu.apply(sequence);
        UnderWay.Entry entry = underWay.add(sequence, request);
        SocketLink link = dialed.link;
        long offset = link == null ? -1 : link.output().append(octets);
        if (offset >= 0) {
            if (trace.isOn()) {
                trace.sent(octets, request.about());
            }
            entry.beginsAt(offset);
        } else if (underWay.remove(sequence, entry)) {
            request.unanswered(Fate.NEVER_SENT, whyNot());
        }
    }

    /** Whether what is sent now can leave: false from the first sign that the link is broken. */
    public boolean takesRequests() {
        return writeFailedAt == 0 && endedBecause.get() == null;
    }

    /** Whether neither side waits for an answer of the other. */
    public boolean isIdle() {
        return underWay.size() == 0 && owed.get() == 0;
    }

    /** Writes what was sent when there is much of it. For the thread that submits, between {@link #flush()}es. */
    public void flushLarge() {
        SocketLink link = dialed.link;
        if (link != null && link.output().isLarge()) {
            flush();
        }
    }

    /** Writes what was sent: itself while the kernel is sure to have room, else by another thread. Never blocks. */
    public void flush() {
        SocketLink link = dialed.link;
        if (link == null || link.output().fits()) {
            flushNow();
        } else {
            flushSoon();
        }
    }

    /** Says goodbye; {@link #end} should follow when {@code done} ran, which it does without an answer too. */
    public void unbind(Runnable done) {
        send(COMPOSER::unbind, new PlainRequest(done, done));
        flushSoon();
    }

    /**
     * Answers a deliver_sm or data_sm. Does nothing when the session has ended: the SMSC will send it again.
     *
     * @param status 0 for success
     */
    public void answer(Delivery delivery, int status) {
        owed.decrementAndGet();
        try {
            append(
                    delivery.isDataSm()
                            ? COMPOSER.dataSmResp(status, delivery.sequence(), "")
                            : COMPOSER.deliverSmResp(status, delivery.sequence(), ""));
        } catch (PDUStringException e) {
            throw new IllegalStateException("an empty message_id cannot be too long", e);
        }
    }

    private String whyNot() {
        String why = endedBecause.get();
        return why == null ? "link lost while writing" : why;
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return endedBecause.get() != null;
    }

    /** Ends the session at once, settles every request, tells the listener. Does nothing the second time. */
    public void end(String why) {
        if (!endedBecause.compareAndSet(null, why)) {
            return;
        }
        SocketLink link = dialed.link;
        if (link != null) {
            link.close();
        }
        underWay.removeAll(entry -> entry.request()
                .unanswered(link == null || !link.output().left(entry.offset()) ? Fate.NEVER_SENT : Fate.UNKNOWN, why));
        super.close();
        listener.settled(this);
        listener.ended(this, why);
    }

    /** jSMPP calls this at the end of its reading thread; {@link #end} knows more. */
    @Override
    public void close() {
        end("closed");
    }

    /** Looks after time limits. To be called every {@link SessionTiming#tick()} while bound; never blocks. */
    public void tick() {
        SocketLink link = dialed.link;
        if (link == null || endedBecause.get() != null) {
            return;
        }
        long now = System.nanoTime();
        long limit = timing.response().toNanos();
        long writing = link.output().writingSince();
        if (writing != 0 && now - writing > limit) {
            end("the SMSC reads nothing: a write has been waiting for " + timing.response());
        } else if (writeFailedAt != 0 && now - writeFailedAt > DRAIN_NANOS) {
            end("link lost while writing");
        } else if (!handingOver && probe.failed(now)) {
            end("the SMSC answers no enquire_link: silent for " + probe.silence(now));
        } else {
            boolean overdue = giveUp(now - limit);
            if (overdue || probe.isDue(now)) {
                ask(now);
            }
            if (link.output().holds()) {
                flushSoon();
            }
        }
    }

    private boolean giveUp(long before) {
        String why = "no answer within " + timing.response().toMillis() + " ms";
        boolean any = underWay.giveUp(before, entry -> entry.request().unanswered(Fate.UNKNOWN, why));
        if (any) {
            listener.settled(this);
        }
        return any;
    }

    private void ask(long now) {
        if (probe.ask(now)) {
            send(COMPOSER::enquireLink, new PlainRequest(probe::answered, () -> {}));
            flushSoon();
        }
    }

    /** What the reading thread does with what it reads. */
    private final class Reading implements PduInput.Consumer {
        @Override
        public void received(int commandId, int status, int sequence, Octets body) {
            if (trace.isOn()) {
                boolean answer = (commandId & SMPPConstant.MASK_CID_RESP) != 0;
                trace.received(commandId, status, sequence, body.rest(), answer ? underWay.about(sequence) : "");
            }
            try {
                dispatch(commandId, status, sequence, body);
            } catch (RuntimeException e) {
                // Whatever is wrong with this PDU, the stream is in step: the next ones are fine.
                LOG.warn("PDU not understood commandId={} sequence={}", "0x%08X".formatted(commandId), sequence, e);
            }
            tellSettled(MANY);
        }

        private void tellSettled(int atLeast) {
            if (underWay.settled(atLeast)) {
                listener.settled(AsyncSession.this);
            }
        }

        @Override
        public void heard() {
            probe.heard(System.nanoTime());
        }

        @Override
        public void burstRead() {
            tellSettled(1);
        }

        @Override
        public void outOfStep() {
            append(COMPOSER.genericNack(SMPPConstant.STAT_ESME_RINVCMDLEN, 0));
            flushNow();
        }

        @Override
        public void ended(String why) {
            end(why);
        }
    }

    private void dispatch(int commandId, int status, int sequence, Octets body) {
        if ((commandId & SMPPConstant.MASK_CID_RESP) != 0) {
            boolean nack = commandId == SMPPConstant.CID_GENERIC_NACK;
            if (!underWay.answered(sequence, nack, status, body, this::peerRead)) {
                LOG.debug("answer to nothing commandId={} sequence={}", "0x%08X".formatted(commandId), sequence);
            }
            return;
        }
        switch (commandId) {
            case SMPPConstant.CID_DELIVER_SM, SMPPConstant.CID_DATA_SM -> {
                owed.incrementAndGet();
                handingOver = true;
                try {
                    listener.delivered(this, new Delivery(commandId, sequence, body.take(body.remaining())));
                } finally {
                    handingOver = false;
                }
            }
            case SMPPConstant.CID_ENQUIRE_LINK -> append(COMPOSER.enquireLinkResp(sequence));
            case SMPPConstant.CID_UNBIND -> {
                append(COMPOSER.unbindResp(SMPPConstant.STAT_ESME_ROK, sequence));
                flushNow();
                end("the SMSC unbound");
            }
            // Neither has an answer, and neither says anything we act on (SMPP 3.4 §4.12.1, §4.1.7).
            case SMPPConstant.CID_ALERT_NOTIFICATION -> LOG.debug("alert_notification ignored");
            case SMPPConstant.CID_OUTBIND -> LOG.info("outbind ignored: this session is ours, and binds by itself");
            default -> append(COMPOSER.genericNack(SMPPConstant.STAT_ESME_RINVCMDID, sequence));
        }
    }

    private void peerRead(long offset) {
        SocketLink link = dialed.link;
        if (link != null) {
            link.output().proved(offset);
        }
    }

    private void append(byte[] pdu) {
        SocketLink link = dialed.link;
        if (link != null && link.output().append(pdu) >= 0) {
            if (trace.isOn()) {
                trace.sent(pdu, "");
            }
            flushSoon();
        }
    }

    /**
     * Lets another thread write: neither the reading thread nor Kafka's may wait for this peer, and what is appended until it
     * comes to it goes along. For threads other than the one that submits; never blocks.
     */
    public void flushSoon() {
        if (flushAsked.compareAndSet(false, true)) {
            try {
                executor.execute(() -> {
                    flushAsked.set(false);
                    flushNow();
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("not written, closed");
            }
        }
    }

    private void flushNow() {
        SocketLink link = dialed.link;
        if (link == null) {
            return;
        }
        try {
            link.output().flush();
        } catch (IOException e) {
            // Answers may have arrived before the link broke: the reader takes them, finds the end, and ends the
            // session.
            LOG.debug("write failed: {}", e.toString());
            writeFailedAt = System.nanoTime() | 1;
        }
    }

    /** How long nothing was read. */
    public Duration silence() {
        return probe.silence(System.nanoTime());
    }
}
