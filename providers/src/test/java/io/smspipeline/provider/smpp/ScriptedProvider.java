package io.smspipeline.provider.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.RecordingSink;
import io.smspipeline.simulator.smsc.scripted.Link;
import io.smspipeline.simulator.smsc.scripted.Script;
import io.smspipeline.simulator.smsc.scripted.ScriptedPeer;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.Pdus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A provider and the peer that a script plays for it. */
final class ScriptedProvider implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(30);
    private static final String REBIND = "rebind: {initial: 5ms, max: 20ms, refused: 300ms}";

    private final ScriptedPeer peer;
    private final Provider provider;

    ScriptedProvider(Script script, String... keys) throws IOException {
        peer = ScriptedPeer.start(script);
        List<String> all = new ArrayList<>(List.of(keys));
        all.add(REBIND);
        provider = SmppTestAccount.at(peer.port(), all.toArray(new String[0]))
                .open(SmppTestAccount.wiring(new RecordingSink()));
    }

    ScriptedPeer peer() {
        return peer;
    }

    Provider provider() {
        return provider;
    }

    boolean isUp() {
        return provider.availability().up();
    }

    List<CompletableFuture<SendOutcome>> submit(int messages) throws InterruptedException {
        Feeder feeder = new Feeder(provider);
        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            outcomes.addAll(feeder.send(Messages.text("m" + i, "Hello " + i)));
        }
        return outcomes;
    }

    SendOutcome submitOne() throws Exception {
        return outcome(submit(1).get(0));
    }

    static SendOutcome outcome(CompletableFuture<SendOutcome> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** A script that accepts every submit. */
    static void answerAll(Link link) throws IOException {
        while (true) {
            link.write(Pdus.submitSmResp(link.read(CommandId.SUBMIT_SM).sequence(), "id"));
        }
    }

    /** The peer ends first: most scripts answer no unbind, which would be waited for. */
    @Override
    public void close() {
        peer.close();
        provider.close(Duration.ZERO);
        assertThat(peer.faults()).isEmpty();
    }
}
