package io.smspipeline.provider.loopback;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.loopback.LoopbackTraffic.Found;
import io.smspipeline.provider.loopback.LoopbackTraffic.State;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.TextContent;
import io.smspipeline.text.TextEncoder;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Questions about what a loopback accepted and has not delivered yet. Safe for use by many threads. */
final class LoopbackHeld implements HeldMessages {
    private final LoopbackNetwork network;
    private final LoopbackTraffic traffic;
    private final BooleanSupplier closed;

    /** @param closed whether nothing can be asked any more */
    LoopbackHeld(LoopbackNetwork network, LoopbackTraffic traffic, BooleanSupplier closed) {
        this.network = network;
        this.traffic = traffic;
        this.closed = closed;
    }

    @Override
    public CompletionStage<HeldAnswer> query(HeldMessage message) {
        return ask(() -> {
            Found found = traffic.find(message.providerMessageId());
            return found == null
                    ? unknown(message)
                    : new HeldAnswer.Told(
                            network.receipt(found.sent(), told(found.state())), message.providerMessageId());
        });
    }

    private static ReceiptState told(State state) {
        return switch (state) {
            case HELD -> ReceiptState.ENROUTE;
            case DELIVERED -> ReceiptState.DELIVERED;
            case CANCELLED -> ReceiptState.DELETED;
        };
    }

    @Override
    public CompletionStage<HeldAnswer> cancel(HeldMessage message) {
        return ask(() -> traffic.cancel(message.providerMessageId()) ? new HeldAnswer.Done() : ended(message));
    }

    @Override
    public CompletionStage<HeldAnswer> replace(HeldMessage message, String text, Duration validity) {
        if (text.isEmpty() || TextEncoder.partsOf(text) > 1) {
            return CompletableFuture.completedFuture(
                    refused(FailureCode.UNSUPPORTED, "takes a new text of one part in place of another: shorten it"));
        }
        return ask(() -> {
            Found found = traffic.find(message.providerMessageId());
            return found != null && traffic.replace(message.providerMessageId(), withText(found, text))
                    ? new HeldAnswer.Done()
                    : ended(message);
        });
    }

    private static OutgoingMessage withText(Found found, String text) {
        OutgoingMessage before = found.sent().message();
        OutgoingMessage now = new OutgoingMessage();
        for (int field = 0; field < before.getSchema().getFields().size(); field++) {
            now.put(field, before.get(field));
        }
        now.setContent(new TextContent(text));
        return now;
    }

    private HeldAnswer ended(HeldMessage message) {
        Found found = traffic.find(message.providerMessageId());
        return found == null
                ? unknown(message)
                : refused(
                        FailureCode.REQUEST,
                        "holds the message no longer: it is "
                                + told(found.state()).name().toLowerCase(Locale.ROOT));
    }

    private HeldAnswer unknown(HeldMessage message) {
        return refused(
                FailureCode.REQUEST, "knows no message " + message.providerMessageId() + ", or has forgotten it");
    }

    private HeldAnswer refused(FailureCode code, String why) {
        return new HeldAnswer.Refused(new Failure(code, network.alias() + " " + why + ".", null, null, true));
    }

    private CompletionStage<HeldAnswer> ask(Supplier<HeldAnswer> question) {
        return CompletableFuture.completedFuture(
                closed.getAsBoolean()
                        ? new HeldAnswer.Unanswered(
                                new Failure(FailureCode.CONNECTION, network.alias() + " is closed.", null, null, false))
                        : question.get());
    }
}
