package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.CommandStatus;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import io.smspipeline.simulator.smsc.wire.Tag;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What goes out on one connection: PDUs gather here and leave together, one system call for many. Adding never waits for the
 * network, only {@link #flush()} does. Safe for use by many threads.
 */
final class SessionOutput {
    private final OutputStream out;
    private final Journal journal;
    private final Tap tap;
    private final ReentrantLock writing = new ReentrantLock();
    private OctetWriter gathered = new OctetWriter(8192);
    private OctetWriter leaving = new OctetWriter(8192);

    /** Sees what leaves. */
    interface Tap {
        /** PDUs that leave now, one behind another in {@code octets[0..end)}. */
        void leaving(byte[] octets, int end);
    }

    SessionOutput(OutputStream out, Journal journal, Tap tap) {
        this.out = out;
        this.journal = journal;
        this.tap = tap;
    }

    /** A PDU without body. */
    synchronized void header(int commandId, int status, int sequence) {
        gathered.header(commandId, status, sequence);
    }

    /** An accepted bind; sc_interface_version only for those who know TLVs. */
    synchronized void bindResp(int commandId, int sequence, String systemId, boolean withVersion) {
        int start = gathered.begin(commandId | CommandId.RESPONSE, CommandStatus.OK, sequence);
        gathered.cString(systemId);
        if (withVersion) {
            gathered.tlv8(Tag.SC_INTERFACE_VERSION, 0x34);
        }
        gathered.end(start);
    }

    /** @param more what follows the id */
    synchronized void submitResp(int commandId, int sequence, String messageId, byte[] more) {
        int start = gathered.begin(commandId, CommandStatus.OK, sequence);
        gathered.cString(messageId).octets(more).end(start);
    }

    synchronized void queryResp(int sequence, String messageId, String finalDate, int state, int error) {
        int start = gathered.begin(CommandId.QUERY_SM | CommandId.RESPONSE, CommandStatus.OK, sequence);
        gathered.cString(messageId).cString(finalDate).u8(state).u8(error).end(start);
    }

    /** SMPP 3.4 §4.1.7. */
    synchronized void outbind(int sequence, String systemId, String password) {
        int start = gathered.begin(CommandId.OUTBIND, CommandStatus.OK, sequence);
        gathered.cString(systemId).cString(password).end(start);
    }

    /** SMPP 3.4 §4.12.1. */
    synchronized void alertNotification(int sequence, Address handset, Address esme, int availability) {
        int start = gathered.begin(CommandId.ALERT_NOTIFICATION, CommandStatus.OK, sequence);
        handset.write(gathered);
        esme.write(gathered);
        gathered.tlv8(Tag.MS_AVAILABILITY_STATUS, availability).end(start);
    }

    synchronized void dataSm(int sequence, MessageBody body) {
        int start = gathered.begin(CommandId.DATA_SM, CommandStatus.OK, sequence);
        body.writeData(gathered);
        gathered.end(start);
    }

    synchronized void deliverSm(int sequence, MessageBody body) {
        int start = gathered.begin(CommandId.DELIVER_SM, CommandStatus.OK, sequence);
        body.write(gathered);
        gathered.end(start);
    }

    private synchronized boolean isEmpty() {
        return gathered.length() == 0;
    }

    private synchronized OctetWriter take() {
        OctetWriter taken = gathered;
        gathered = leaving;
        leaving = taken;
        return taken;
    }

    /** Writes what has gathered. When another thread is writing, it writes this too, and the caller does not wait. */
    void flush() throws IOException {
        // The one who writes looks again after it has let go of the lock, so nothing is left behind.
        while (!isEmpty() && writing.tryLock()) {
            try {
                write();
            } finally {
                writing.unlock();
            }
        }
    }

    /** As {@link #flush()}, and when another thread is writing, waits for it a moment: for the last words of a link. */
    void drain() throws IOException {
        try {
            if (writing.tryLock(1, TimeUnit.SECONDS)) {
                try {
                    write();
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() throws IOException {
        OctetWriter taken = take();
        // Each debt was noted before its answer was added, so that no answer leaves before its debt is kept.
        journal.flush();
        tap.leaving(taken.view(), taken.length());
        taken.drainTo(out);
    }
}
