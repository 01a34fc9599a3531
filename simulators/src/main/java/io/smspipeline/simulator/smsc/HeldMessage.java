package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.Address;
import io.smspipeline.simulator.smsc.wire.MessageBody;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import io.smspipeline.simulator.smsc.wire.OctetWriter;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is left of an accepted message: enough to find it, to end it and to write its receipt, in less than 200 octets, since
 * there may be a million of them. It is its own receipt too. Safe for use by many threads.
 */
final class HeldMessage implements Delivery {
    /** More than a receipt tells, in every alphabet, behind a user data header. */
    private static final int BEGINNING = 64;

    private static final long OPEN = -1;

    private final long number;
    private final long idNumber;
    private final MessageIdForm form;
    private final Account account;
    private final @Nullable Session origin;
    private final Messages home;
    private final long receivedMillis;
    private long dueMillis;
    private long endedMillis = OPEN;
    private ReceiptState state;
    private int registeredDelivery;
    private boolean counted = true;
    /** Service type, addresses, coding and the first octets, one after the other. */
    private byte[] packed;

    /**
     * @param number its own; {@code idNumber} is the one its id is written from, which several of a submit_multi share
     * @param registeredDelivery as the ESME asked, or 0 where this SMSC sends no receipts
     * @param planned how and when it will end when nothing else comes
     */
    HeldMessage(
            Messages home,
            long number,
            long idNumber,
            MessageIdForm form,
            Account account,
            @Nullable Session origin,
            ReceivedMessage message,
            int registeredDelivery,
            DeliveryTime planned) {
        this.home = home;
        this.number = number;
        this.idNumber = idNumber;
        this.form = form;
        this.account = account;
        this.origin = origin;
        this.receivedMillis = message.receivedAt().toEpochMilli();
        this.dueMillis = planned.due().toEpochMilli();
        this.state = planned.state();
        this.registeredDelivery = registeredDelivery;
        MessageBody body = message.body();
        this.packed = pack(
                body.serviceType(),
                body.source(),
                body.destination(),
                body.esmClass(),
                body.dataCoding(),
                body.content());
    }

    private static byte[] pack(
            String serviceType, Address source, Address destination, int esmClass, int dataCoding, byte[] content) {
        OctetWriter out = new OctetWriter(128);
        out.cString(serviceType);
        source.write(out);
        destination.write(out);
        out.u8(esmClass).u8(dataCoding);
        out.octets(content.length > BEGINNING ? Arrays.copyOf(content, BEGINNING) : content);
        return out.toByteArray();
    }

    /** The packed fields, read again. */
    record Fields(
            String serviceType, Address source, Address destination, int esmClass, int dataCoding, OctetReader rest) {}

    synchronized Fields fields() {
        OctetReader in = new OctetReader(packed, 0, packed.length);
        return new Fields(in.cString(6), Address.read(in), Address.read(in), in.u8(), in.u8(), in);
    }

    long number() {
        return number;
    }

    long idNumber() {
        return idNumber;
    }

    MessageIdForm form() {
        return form;
    }

    Account account() {
        return account;
    }

    String messageId() {
        return form.inAnswer(idNumber);
    }

    String idInReceipt() {
        return form.inReceipt(idNumber);
    }

    Instant receivedAt() {
        return Instant.ofEpochMilli(receivedMillis);
    }

    synchronized Instant due() {
        return Instant.ofEpochMilli(dueMillis);
    }

    /** How it ended, or will when nothing else comes. */
    synchronized ReceiptState state() {
        return state;
    }

    /** Whether a receipt is due, now that it ends or ended so. */
    synchronized boolean receiptDue() {
        return state.dueFor(registeredDelivery);
    }

    /** @return false when it had ended before */
    synchronized boolean end(ReceiptState how, Instant now) {
        if (endedMillis != OPEN) {
            return false;
        }
        state = how;
        endedMillis = now.toEpochMilli();
        return true;
    }

    /** Ends it as deleted, and nobody is told. @return false when it had ended before */
    synchronized boolean endUnreceipted(Instant now) {
        if (!end(ReceiptState.DELETED, now)) {
            return false;
        }
        registeredDelivery = 0;
        return true;
    }

    /** Takes a new text and new times, SMPP 3.4 §4.10. */
    synchronized boolean replace(byte[] text, int newRegisteredDelivery, ReceiptState newState, Instant newDue) {
        if (endedMillis != OPEN) {
            return false;
        }
        Fields before = fields();
        packed = pack(
                before.serviceType(),
                before.source(),
                before.destination(),
                before.esmClass(),
                before.dataCoding(),
                text);
        registeredDelivery = newRegisteredDelivery;
        state = newState;
        dueMillis = newDue.toEpochMilli();
        return true;
    }

    @Override
    public long debt() {
        return number;
    }

    @Override
    public int index() {
        return Submits.RECEIPT;
    }

    @Override
    public synchronized MessageBody body() {
        return Deliveries.receipt(this, endedMillis == OPEN ? due() : Instant.ofEpochMilli(endedMillis));
    }

    @Override
    public String receipted() {
        return messageId();
    }

    @Override
    public @Nullable Session origin() {
        return origin;
    }

    @Override
    public void taken() {
        leave();
    }

    /** Nothing of it is needed any more. */
    void leave() {
        synchronized (this) {
            if (!counted) {
                return;
            }
            counted = false;
        }
        home.left();
    }
}
