package io.smspipeline.provider.http;

import io.smspipeline.provider.contract.FarSide;
import io.smspipeline.simulator.aggregator.AggregatorBehaviour;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.SimulatedAggregator;
import io.smspipeline.simulator.aggregator.Sms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A simulated aggregator in the part that the contract gives it. */
public final class AggregatorFarSide implements FarSide, AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AggregatorBehaviour QUIET =
            AggregatorBehaviour.PROMPT.with("receipts", false).with("replies", false);

    private final SimulatedAggregator aggregator;
    private final String badRecipient;
    private int port;

    /** @param badRecipient the code by which this API refuses a recipient */
    public AggregatorFarSide(AggregatorSettings settings, String badRecipient) {
        this.badRecipient = badRecipient;
        try {
            aggregator = SimulatedAggregator.start(settings.withBehaviour(QUIET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = aggregator.port();
    }

    public SimulatedAggregator aggregator() {
        return aggregator;
    }

    /** Accepts, and tells what becomes of what it accepted. */
    public void tellStates() {
        aggregator.behave(QUIET.with("receipts", true));
    }

    @Override
    public void accept(Duration latency) {
        aggregator.behave(QUIET.with("latency", latency.toMillis() + "ms"));
    }

    @Override
    public void refuse() {
        aggregator.behave(QUIET.with("refusals", Map.of("*", badRecipient)));
    }

    @Override
    public void throttle() {
        aggregator.behave(QUIET.with("throttleAll", true));
    }

    @Override
    public void fail() {
        aggregator.behave(QUIET.with("failureShare", 1));
    }

    @Override
    public void stayMute() {
        aggregator.behave(QUIET.with("mute", true));
    }

    /** When there is something to break: what was submitted reaches it soon. */
    @Override
    public void cut() {
        Awaitility.await().atMost(SOON).until(() -> aggregator.figures().requests() > 0);
        try {
            aggregator.cutAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void goAway() {
        port = aggregator.goAway();
    }

    @Override
    public void comeBack() {
        Awaitility.await().atMost(SOON).ignoreExceptions().until(() -> {
            aggregator.comeBack(port);
            return true;
        });
    }

    @Override
    public List<String> accepted() {
        return aggregator.messages().stream().map(Sms::text).toList();
    }

    @Override
    public void sendFromHandset(String text) {
        aggregator.sendFromHandset("447700900123", "12345", text);
    }

    @Override
    public long confirmed() {
        return aggregator.figures().mosAcked();
    }

    @Override
    public long refusedByUs() {
        return aggregator.figures().mosRefused();
    }

    @Override
    public void close() {
        aggregator.close();
    }
}
