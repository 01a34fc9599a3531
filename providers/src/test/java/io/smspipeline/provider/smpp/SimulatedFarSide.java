package io.smspipeline.provider.smpp;

import io.smspipeline.provider.contract.FarSide;
import io.smspipeline.simulator.smsc.Behaviour;
import io.smspipeline.simulator.smsc.ReceivedMessage;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** The simulated SMSC in the part that the contract gives it. */
final class SimulatedFarSide implements FarSide, AutoCloseable {
    private static final Behaviour QUIET = Behaviour.prompt()
            .with()
            .receipts(false)
            .replies(false)
            .redeliveryDelay(Duration.ofMillis(100))
            .build();

    private SimulatedSmsc smsc = start(0);

    private static SimulatedSmsc start(int port) {
        try {
            return SimulatedSmsc.start(SmscSettings.forTests()
                    .withPort(port)
                    .withAccount("test", "secret")
                    .withBehaviour(QUIET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return smsc.port();
    }

    SimulatedSmsc smsc() {
        return smsc;
    }

    private void errors(int status) {
        smsc.behave(QUIET.with().errorRate(1).errorCode(status).build());
    }

    @Override
    public void accept(Duration latency) {
        smsc.behave(QUIET.with().latency(latency).build());
    }

    @Override
    public void refuse() {
        errors(0x0B);
    }

    @Override
    public void throttle() {
        errors(0x58);
    }

    @Override
    public void fail() {
        errors(0x08);
    }

    @Override
    public void stayMute() {
        smsc.behave(QUIET.with().holdAnswers(true).build());
    }

    @Override
    public void cut() {
        smsc.cutAll();
    }

    @Override
    public void goAway() {
        smsc.behave(QUIET.with().mute(true).build());
        smsc.close();
    }

    @Override
    public void comeBack() {
        int port = smsc.port();
        Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            smsc = start(port);
            return true;
        });
    }

    @Override
    public List<String> accepted() {
        return smsc.messages().stream()
                .map(ReceivedMessage::text)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Override
    public void sendFromHandset(String text) {
        smsc.sendFromHandset("447700900123", "12345", text);
    }

    @Override
    public long confirmed() {
        return smsc.figures().mosAcked();
    }

    @Override
    public long refusedByUs() {
        return smsc.figures().mosRefused();
    }

    @Override
    public void close() {
        smsc.close();
    }
}
