package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.trace.PduLog;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of an ESME. Its own thread reads and answers; other threads add to its output. Answers leave together when all
 * that was read is done with.
 */
final class Session implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** Nanoseconds in which an ESME that has unbound may close the link itself. */
    private static final long UNBOUND_PATIENCE = 1_000_000_000L;

    /** Nanoseconds in which a new connection must bind: session_init_timer, SMPP 3.4 §7.2. */
    private static final long BIND_PATIENCE = 30_000_000_000L;

    private enum State {
        OPEN,
        TX,
        RX,
        TRX,
        UNBOUND,
        CLOSED
    }

    private final SmscCore smsc;
    private final Socket socket;
    private final int number;
    private final InputStream in;
    private final SessionOutput output;
    private final SubmitAnswers answers;
    private final AtomicInteger sequence = new AtomicInteger();
    private volatile State state = State.OPEN;
    private volatile @Nullable Account account;
    private volatile long lastRead = System.nanoTime();
    private volatile boolean linkAsked;
    private volatile boolean stopReading;

    Session(SmscCore smsc, Socket socket, int number) throws IOException {
        this.smsc = smsc;
        this.socket = socket;
        this.number = number;
        this.in = socket.getInputStream();
        this.output = new SessionOutput(
                socket.getOutputStream(), smsc.journal(), (octets, end) -> tell(PduLog.Direction.OUT, octets, end));
        this.answers = new SubmitAnswers(smsc, output);
    }

    int number() {
        return number;
    }

    SessionOutput output() {
        return output;
    }

    SubmitAnswers answers() {
        return answers;
    }

    int nextSequence() {
        return sequence.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
    }

    @Override
    public void run() {
        try {
            readAll();
        } catch (IOException e) {
            LOG.debug("session={} lost why={}", number, e.toString());
        } catch (RuntimeException e) {
            LOG.error("session={} simulated SMSC failed on what it read", number, e);
        } finally {
            close();
        }
    }

    private void readAll() throws IOException {
        PduStream read = new PduStream();
        while (!stopReading && read.fill(in)) {
            lastRead = System.nanoTime();
            linkAsked = false;
            if (smsc.pduLog() != null) {
                tell(PduLog.Direction.IN, read.octets(), read.whole());
            }
            for (OctetReader pdu = read.next(); pdu != null; pdu = stopReading ? null : read.next()) {
                handle(pdu);
            }
            if (read.isOutOfStep() && !stopReading) {
                smsc.counters().malformed.increment();
                send(CommandId.GENERIC_NACK, CommandStatus.INVALID_COMMAND_LENGTH, 0);
                stopReading = true;
            }
            // Also when nothing goes out: receipts may have been answered.
            smsc.journal().flush();
            output.flush();
        }
    }

    private void tell(PduLog.Direction direction, byte[] octets, int end) {
        PduLog log = smsc.pduLog();
        if (log != null) {
            Account owner = account;
            log.add(number, owner == null ? null : owner.systemId(), direction, octets, end);
        }
    }

    private void handle(OctetReader pdu) {
        int commandId = pdu.i32();
        int status = pdu.i32();
        int sequenceNumber = pdu.i32();
        switch (commandId) {
            case CommandId.SUBMIT_SM, CommandId.DATA_SM, CommandId.SUBMIT_MULTI ->
                submit(commandId, sequenceNumber, pdu);
            case CommandId.QUERY_SM, CommandId.CANCEL_SM, CommandId.REPLACE_SM ->
                operate(commandId, sequenceNumber, pdu);
            case CommandId.DELIVER_SM_RESP, CommandId.DATA_SM_RESP, CommandId.GENERIC_NACK ->
                deliverAnswered(commandId, status, sequenceNumber);
            case CommandId.ENQUIRE_LINK -> send(CommandId.ENQUIRE_LINK_RESP, CommandStatus.OK, sequenceNumber);
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER ->
                bind(commandId, sequenceNumber, pdu);
            case CommandId.UNBIND -> unbind(sequenceNumber);
            case CommandId.UNBIND_RESP -> stopReading = true;
            default -> {
                // An answer to nothing we asked is passed over: nacking it would begin a game of ping-pong.
                if (commandId >= 0) {
                    send(CommandId.GENERIC_NACK, CommandStatus.INVALID_COMMAND_ID, sequenceNumber);
                }
            }
        }
    }

    private void submit(int commandId, int sequenceNumber, OctetReader pdu) {
        Account sender = account;
        if (sender == null || state == State.RX) {
            send(commandId | CommandId.RESPONSE, CommandStatus.INVALID_BIND_STATUS, sequenceNumber);
        } else {
            smsc.submits().submit(this, sender, commandId, sequenceNumber, pdu);
        }
    }

    private void operate(int commandId, int sequenceNumber, OctetReader pdu) {
        Account sender = account;
        if (sender == null || state == State.RX) {
            send(commandId | CommandId.RESPONSE, CommandStatus.INVALID_BIND_STATUS, sequenceNumber);
        } else {
            smsc.operations().handle(this, sender, commandId, sequenceNumber, pdu);
        }
    }

    private void deliverAnswered(int commandId, int status, int sequenceNumber) {
        Account receiver = account;
        if (receiver != null) {
            boolean nack = commandId == CommandId.GENERIC_NACK && status == 0;
            receiver.mailbox().answered(this, sequenceNumber, nack ? CommandStatus.SYSTEM_ERROR : status);
        }
    }

    private void bind(int commandId, int sequenceNumber, OctetReader pdu) {
        if (smsc.behaviour().unanswered().contains(Unanswered.BIND)) {
            return;
        }
        String systemId;
        String password;
        int version;
        try {
            systemId = pdu.cString(16);
            password = pdu.cString(9);
            pdu.cString(13);
            version = pdu.u8();
        } catch (MalformedPduException e) {
            smsc.counters().malformed.increment();
            refuseBind(commandId, CommandStatus.INVALID_COMMAND_LENGTH, sequenceNumber);
            return;
        }
        int refusal = bindRefusal(systemId, password);
        if (refusal != CommandStatus.OK) {
            refuseBind(commandId, refusal, sequenceNumber);
            return;
        }
        Account bound = smsc.account(systemId);
        if (!bound.bind(smsc.behaviour().maxBinds())) {
            refuseBind(commandId, smsc.behaviour().bindRefusal(), sequenceNumber);
            return;
        }
        if (!enter(stateFor(commandId), bound)) {
            bound.unbind();
            return;
        }
        smsc.counters().binds.increment();
        smsc.counters().sessions.increment();
        LOG.info("bound session={} systemId={} kind={}", number, systemId, state);
        for (SmscListener listener : smsc.listeners()) {
            listener.bound(systemId, number, state.name());
        }
        Runnable welcome = () -> {
            if (smsc.behaviour().answers(commandId)) {
                output.bindResp(commandId, sequenceNumber, "simulator", version >= 0x34);
            }
        };
        if (state == State.TX) {
            welcome.run();
        } else {
            bound.mailbox().join(this, welcome);
            if (state == State.CLOSED) {
                // It was closed meanwhile, before there was anything to leave.
                bound.mailbox().leave(this);
            }
        }
    }

    private static State stateFor(int commandId) {
        return switch (commandId) {
            case CommandId.BIND_RECEIVER -> State.RX;
            case CommandId.BIND_TRANSMITTER -> State.TX;
            default -> State.TRX;
        };
    }

    /** @return false when the session was closed meanwhile */
    private synchronized boolean enter(State bound, Account owner) {
        if (state == State.CLOSED) {
            return false;
        }
        account = owner;
        state = bound;
        return true;
    }

    private int bindRefusal(String systemId, String password) {
        SmscSettings settings = smsc.settings();
        if (state != State.OPEN) {
            return CommandStatus.ALREADY_BOUND;
        }
        if (smsc.behaviour().refuseBinds() != CommandStatus.OK) {
            return smsc.behaviour().refuseBinds();
        }
        if (settings.accounts().isEmpty()) {
            return CommandStatus.OK;
        }
        String wanted = settings.accounts().get(systemId);
        if (wanted == null) {
            return CommandStatus.INVALID_SYSTEM_ID;
        }
        return wanted.isEmpty() || wanted.equals(password) ? CommandStatus.OK : CommandStatus.INVALID_PASSWORD;
    }

    private void refuseBind(int commandId, int status, int sequenceNumber) {
        smsc.counters().bindsRefused.increment();
        send(commandId | CommandId.RESPONSE, status, sequenceNumber);
    }

    private void unbind(int sequenceNumber) {
        if (account == null) {
            send(CommandId.UNBIND_RESP, CommandStatus.INVALID_BIND_STATUS, sequenceNumber);
            return;
        }
        smsc.counters().unbinds.increment();
        send(CommandId.UNBIND_RESP, CommandStatus.OK, sequenceNumber);
        // The ESME closes the link: some lose the answer when the SMSC is faster.
        if (moveTo(State.UNBOUND)) {
            leaveAccount();
        }
    }

    /** An answer without a body; nothing when such requests are not answered. */
    void send(int commandId, int status, int sequenceNumber) {
        if (smsc.behaviour().answers(commandId)) {
            output.header(commandId, status, sequenceNumber);
        }
    }

    void queryAnswer(int sequenceNumber, String messageId, String finalDate, int messageState, int error) {
        if (smsc.behaviour().answers(CommandId.QUERY_SM)) {
            output.queryResp(sequenceNumber, messageId, finalDate, messageState, error);
        }
    }

    /** On a connection that the SMSC has opened: asks the ESME to bind as a receiver. */
    void outbind(String systemId, String password) {
        output.outbind(nextSequence(), systemId, password);
        flush();
    }

    /** Sends what has gathered; a lost link ends the session. */
    void flush() {
        try {
            output.flush();
        } catch (IOException e) {
            close();
        }
    }

    /** Ends the link without a word; what was answered before still leaves. */
    void cut() {
        try {
            output.drain();
        } catch (IOException e) {
            // It is being ended anyway.
        }
        stopReading = true;
        close();
    }

    /** Asks the ESME to go. */
    void askToUnbind() {
        if (account != null) {
            output.header(CommandId.UNBIND, CommandStatus.OK, nextSequence());
            flush();
        }
    }

    /** Looks after silent links: one that does not bind, or does not answer, is closed; a quiet one is asked. */
    void checkLink(long now) {
        long silence = now - lastRead;
        long patience = smsc.settings().answerTimeout().toNanos();
        long quiet = smsc.settings().enquireLink().toNanos();
        if (state == State.UNBOUND && silence > UNBOUND_PATIENCE) {
            close();
        }
        if (smsc.behaviour().mute() || quiet == 0) {
            return;
        }
        boolean mayAsk = state != State.OPEN;
        if ((!mayAsk && silence > BIND_PATIENCE) || (linkAsked && silence > quiet + patience)) {
            LOG.info("session={} closed after a silence of {} s", number, silence / 1_000_000_000L);
            close();
        } else if (mayAsk && silence > quiet && !linkAsked) {
            linkAsked = true;
            output.header(CommandId.ENQUIRE_LINK, CommandStatus.OK, nextSequence());
        }
    }

    /** Closes the connection; what was not confirmed on it goes back to the mailbox. May be called many times. */
    void close() {
        if (!moveTo(State.CLOSED)) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("session={} closing: {}", number, e.toString());
        }
        leaveAccount();
        smsc.ended(this);
    }

    /** @return false when it was closed before */
    private synchronized boolean moveTo(State next) {
        if (state == State.CLOSED) {
            return false;
        }
        state = next;
        return true;
    }

    private void leaveAccount() {
        Account left;
        synchronized (this) {
            left = account;
            account = null;
        }
        if (left != null) {
            left.unbind();
            smsc.counters().sessions.decrement();
            left.mailbox().leave(this);
            for (SmscListener listener : smsc.listeners()) {
                listener.ended(left.systemId(), number);
            }
        }
    }
}
