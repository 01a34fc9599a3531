package io.smspipeline.provider.smpp.inbound;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.smpp.session.AsyncSession;
import io.smspipeline.provider.smpp.session.Delivery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jsmpp.SMPPConstant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the SMSC sends to the sink and answers each only when the sink has it: OK then, ESME_RX_T_APPN when the sink
 * could not take it, so that the SMSC sends it again. Never answers ESME_RTHROTTLED: when the sink is slower than the SMSC,
 * reading waits. Safe for use by many threads.
 */
public final class InboundDesk {
    private static final Logger LOG = LoggerFactory.getLogger(InboundDesk.class);

    /** Long enough for Kafka to choose another leader, and too short for an SMSC to miss our answer to its enquire_link. */
    private static final long STANDSTILL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final InboundReader reader;
    private final InboundSink sink;
    private final Backlog backlog;
    private final Counter receipts;
    private final Counter parts;
    private final Counter unreadable;
    private final Counter refused;

    /**
     * @param most that may wait for the sink at the same time; beyond it no more is read, and when the sink stands still the
     *     SMSC is asked to come again
     */
    public InboundDesk(InboundReader reader, InboundSink sink, int most, MeterRegistry meters, String alias) {
        this.reader = reader;
        this.sink = sink;
        this.backlog = new Backlog(most, STANDSTILL_NANOS);
        receipts = Counter.builder("sms.inbound.receipts")
                .description("Delivery receipts that reached us")
                .tag("provider", alias)
                .register(meters);
        parts = Counter.builder("sms.inbound.parts")
                .description("Parts from handsets that reached us")
                .tag("provider", alias)
                .register(meters);
        unreadable = Counter.builder("sms.inbound.unreadable")
                .description("Receipts and parts that could not be parsed and are published raw")
                .tag("provider", alias)
                .register(meters);
        refused = Counter.builder("sms.inbound.refused")
                .description("What the provider was asked to send again, because it could not be made safe")
                .tag("provider", alias)
                .register(meters);
    }

    /** Takes one. On the thread that reads the session, which waits here while too much waits for the sink. */
    public void take(AsyncSession session, Delivery delivery) {
        if (!backlog.take()) {
            answer(session, delivery, false);
            return;
        }
        CompletionStage<Void> safe;
        try {
            safe = publish(reader.read(delivery));
        } catch (RuntimeException e) {
            LOG.error("inbound could not be published", e);
            safe = CompletableFuture.failedFuture(e);
        }
        safe.whenComplete((done, failure) -> {
            answer(session, delivery, failure == null);
            backlog.give();
        });
    }

    private CompletionStage<Void> publish(Inbound inbound) {
        if (inbound instanceof Inbound.OfReceipt receipt) {
            receipts.increment();
            if (!receipt.receipt().getUnderstood()) {
                unreadable.increment();
            }
            return sink.receipt(receipt.receipt(), receipt.correlationId());
        }
        Inbound.OfMo mo = (Inbound.OfMo) inbound;
        parts.increment();
        if (!mo.part().getUnderstood()) {
            unreadable.increment();
        }
        return sink.mo(mo.part());
    }

    private void answer(AsyncSession session, Delivery delivery, boolean safe) {
        if (!safe) {
            refused.increment();
        }
        session.answer(delivery, safe ? SMPPConstant.STAT_ESME_ROK : SMPPConstant.STAT_ESME_RX_T_APPN);
    }

    /** From now on the SMSC is asked to come again later. */
    public void close() {
        backlog.close();
    }

    /**
     * Waits until everything taken is answered.
     *
     * @param deadline in {@link System#nanoTime}
     */
    public void awaitIdle(long deadline) {
        backlog.awaitNone(deadline);
    }
}
