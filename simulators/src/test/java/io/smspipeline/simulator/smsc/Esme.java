package io.smspipeline.simulator.smsc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;

/** An ESME by another hand than the simulator's: jSMPP. */
final class Esme implements AutoCloseable {
    private final SMPPSession session = new SMPPSession();
    private final List<DeliverSm> delivered = new CopyOnWriteArrayList<>();
    private final AtomicInteger refuseNext = new AtomicInteger();

    Esme(int port, BindType type, String systemId, String password) throws IOException {
        session.setTransactionTimer(20_000);
        session.setEnquireLinkTimer(30_000);
        session.setMessageReceiverListener(new MessageReceiverListener() {
            @Override
            public void onAcceptDeliverSm(DeliverSm deliverSm) throws ProcessRequestException {
                if (refuseNext.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new ProcessRequestException("not now", 0x64);
                }
                delivered.add(deliverSm);
            }

            @Override
            public void onAcceptAlertNotification(AlertNotification alertNotification) {}

            @Override
            public DataSmResult onAcceptDataSm(DataSm dataSm, Session source) {
                throw new UnsupportedOperationException();
            }
        });
        BindParameter bind = new BindParameter(
                type, systemId, password, "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "");
        try {
            session.connectAndBind("127.0.0.1", port, bind, 20_000);
        } catch (IOException e) {
            session.unbindAndClose();
            throw e;
        }
    }

    static Esme transceiver(SimulatedSmsc smsc) throws IOException {
        return new Esme(smsc.port(), BindType.BIND_TRX, "demo", "secret");
    }

    static Esme transmitter(SimulatedSmsc smsc) throws IOException {
        return new Esme(smsc.port(), BindType.BIND_TX, "demo", "secret");
    }

    static Esme receiver(SimulatedSmsc smsc) throws IOException {
        return new Esme(smsc.port(), BindType.BIND_RX, "demo", "secret");
    }

    void refuseDeliveries(int count) {
        refuseNext.set(count);
    }

    String submit(String text) throws Exception {
        return submit(text.getBytes(StandardCharsets.ISO_8859_1), 0, 0, 1);
    }

    String submit(byte[] octets, int esmClass, int dataCoding, int registeredDelivery, OptionalParameter... tlvs)
            throws Exception {
        return session.submitShortMessage(
                        "",
                        TypeOfNumber.ALPHANUMERIC,
                        NumberingPlanIndicator.UNKNOWN,
                        "Shop",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "447700900123",
                        new ESMClass(esmClass),
                        (byte) 0,
                        (byte) 0,
                        null,
                        "000000010000000R",
                        new RegisteredDelivery((byte) registeredDelivery),
                        (byte) 0,
                        DataCodings.newInstance((byte) dataCoding),
                        (byte) 0,
                        octets,
                        tlvs)
                .getMessageId();
    }

    List<DeliverSm> receipts() {
        return delivered.stream().filter(DeliverSm::isSmscDeliveryReceipt).toList();
    }

    List<DeliverSm> fromHandsets() {
        return delivered.stream().filter(each -> !each.isSmscDeliveryReceipt()).toList();
    }

    SMPPSession session() {
        return session;
    }

    @Override
    public void close() {
        session.unbindAndClose();
    }
}
