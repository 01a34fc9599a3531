package io.smspipeline.provider.smpp;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Wiring;
import io.smspipeline.provider.smpp.inbound.InboundDesk;
import io.smspipeline.provider.smpp.inbound.InboundReader;
import org.jsmpp.bean.BindType;

/** The receiving side of an SMPP account with separate binds. */
final class SmppInbound implements InboundSource {
    private final SmppAccount account;
    private final InboundDesk desk;
    private final BindPool pool;

    SmppInbound(SmppAccount account, Wiring wiring) {
        this.account = account;
        SmppSettings settings = account.settings();
        desk = new InboundDesk(
                new InboundReader(account.alias(), settings.ids(), settings.receiptErrors(), wiring.clock()),
                wiring.inbound(),
                settings.maxUnconfirmed(),
                wiring.meters(),
                account.alias());
        pool = new BindPool(
                account, BindType.BIND_RX, settings.numbers(wiring.replica()), wiring, () -> {}, desk::take);
        pool.start();
    }

    @Override
    public String alias() {
        return account.alias();
    }

    @Override
    public Availability availability() {
        return pool.availability();
    }

    @Override
    public void close() {
        desk.close();
        pool.stop();
        desk.awaitIdle(
                System.nanoTime() + account.settings().timing().response().toNanos());
        pool.close();
    }
}
