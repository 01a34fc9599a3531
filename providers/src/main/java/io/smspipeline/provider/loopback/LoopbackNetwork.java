package io.smspipeline.provider.loopback;

import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.loopback.LoopbackTraffic.Entry;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What went through a loopback, and the handsets behind it. Ids begin with a prefix of this object's own, so that those of
 * two processes never meet. What the sink does not take is offered again every second. Safe for use by many threads.
 */
public final class LoopbackNetwork {
    private static final Duration BEFORE_NEXT_OFFER = Duration.ofSeconds(1);

    private final String alias;
    private final Duration receiptAfter;
    private final boolean replies;
    private final String prefix = HexFormat.of().formatHex(random(4));
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final LoopbackTraffic traffic;
    private volatile @Nullable Connected connected;

    /**
     * @param receiptAfter how long a message is held: from acceptance to delivery and its receipt
     * @param keep messages remembered; older ones are forgotten
     * @param replies whether handsets answer a text that ends in a question mark
     */
    public LoopbackNetwork(String alias, Duration receiptAfter, int keep, boolean replies) {
        this.alias = alias;
        this.receiptAfter = receiptAfter;
        traffic = new LoopbackTraffic(keep);
        this.replies = replies;
    }

    /**
     * A message that was accepted.
     *
     * @param id what the loopback called it
     * @param from sender id as sent; empty when there was none
     * @param message with the text that took the place of its own, where one did
     */
    public record Sent(String id, String from, OutgoingMessage message, Instant at) {}

    private record Connected(InboundSink sink, ScheduledExecutorService worker, Clock clock) {}

    void connect(InboundSink sink, ScheduledExecutorService worker, Clock clock) {
        connected = new Connected(sink, worker, clock);
    }

    /** What was accepted, oldest first, as far as it is remembered. */
    public List<Sent> traffic() {
        return traffic.all();
    }

    /**
     * A handset writes to us.
     *
     * @param from the handset, {@code +447700900123}
     * @return completes when the sink has taken it; fails when the loopback is not open
     */
    public CompletionStage<Void> receive(String from, String to, String text) {
        Connected now = connected;
        if (now == null) {
            return CompletableFuture.failedFuture(new IllegalStateException(
                    "loopback " + alias + " is not open: nothing can be received. Open its provider first."));
        }
        MoPart part = written(now, from, to, text);
        return offer(now, () -> now.sink().mo(part));
    }

    String alias() {
        return alias;
    }

    /** What can be done about messages while they are held. @param closed whether nothing can be asked any more */
    HeldMessages held(BooleanSupplier closed) {
        return new LoopbackHeld(this, traffic, closed);
    }

    SendOutcome.Accepted take(Submission submission) {
        Connected now = connected;
        String id = prefix + Long.toHexString(taken.incrementAndGet());
        if (now != null) {
            Entry entry = traffic.add(new Sent(
                    id, submission.from(), submission.message(), now.clock().instant()));
            later(now, receiptAfter, () -> deliver(now, entry));
        }
        return new SendOutcome.Accepted(id, id);
    }

    private void deliver(Connected now, Entry entry) {
        Sent sent = traffic.deliver(entry);
        if (sent == null) {
            return;
        }
        OutgoingMessage message = sent.message();
        if (message.getStatusReport() == StatusReport.FINAL || message.getStatusReport() == StatusReport.ALL) {
            Receipt receipt = receipt(sent, ReceiptState.DELIVERED);
            offer(now, () -> now.sink().receipt(receipt, sent.id()));
        }
        if (replies && message.getContent() instanceof TextContent text && isQuestion(text.getText())) {
            receive(message.getTo(), sent.from(), "Yes. You asked: " + text.getText());
        }
    }

    private static boolean isQuestion(String text) {
        return text.stripTrailing().endsWith("?");
    }

    private CompletableFuture<Void> offer(Connected now, Supplier<CompletionStage<Void>> what) {
        CompletableFuture<Void> taken = new CompletableFuture<>();
        offer(now, what, taken);
        return taken;
    }

    private void offer(Connected now, Supplier<CompletionStage<Void>> what, CompletableFuture<Void> taken) {
        what.get().whenComplete((done, failure) -> {
            if (failure == null) {
                taken.complete(null);
            } else if (!later(now, BEFORE_NEXT_OFFER, () -> offer(now, what, taken))) {
                taken.completeExceptionally(failure);
            }
        });
    }

    private static boolean later(Connected now, Duration delay, Runnable what) {
        try {
            now.worker().schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** @param state one of those a loopback knows */
    Receipt receipt(Sent sent, ReceiptState state) {
        String stat = switch (state) {
            case DELIVERED -> "DELIVRD";
            case DELETED -> "DELETED";
            default -> "ENROUTE";
        };
        String raw = "id:" + sent.id() + " stat:" + stat + " err:000";
        Connected now = connected;
        return new Receipt(
                alias,
                sent.id(),
                null,
                state,
                state != ReceiptState.ENROUTE,
                stat,
                "000",
                null,
                sent.message().getTo(),
                sent.from(),
                null,
                null,
                null,
                true,
                ByteBuffer.wrap(raw.getBytes(StandardCharsets.US_ASCII)),
                0,
                Map.of(),
                now == null ? sent.at() : now.clock().instant());
    }

    private MoPart written(Connected now, String from, String to, String text) {
        return new MoPart(
                prefix + "-mo-" + Long.toHexString(written.incrementAndGet()),
                alias,
                from,
                to,
                text,
                null,
                null,
                1,
                1,
                8,
                0,
                true,
                ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_16BE)),
                Map.of(),
                null,
                now.clock().instant());
    }

    private static byte[] random(int octets) {
        byte[] random = new byte[octets];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
