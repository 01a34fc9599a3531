package io.smspipeline.receiver;

import io.smspipeline.provider.Availability;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Pace;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A provider that only receives, and only what the test lets arrive. */
final class ScriptedSource implements ConfiguredProvider, InboundSource {
    private final String alias;
    private final boolean served;
    Wiring wiring;
    Availability availability = new Availability(true, "bound", Instant.EPOCH);
    boolean closed;
    boolean isBroken;
    Runnable onClose = () -> {};

    ScriptedSource(String alias, boolean served) {
        this.alias = alias;
        this.served = served;
    }

    @Override
    public String alias() {
        return alias;
    }

    @Override
    public String type() {
        return "scripted";
    }

    @Override
    public boolean servedBy(Replica replica) {
        return served;
    }

    @Override
    public Pace pace() {
        return new Pace(1, 0, 2, Duration.ofSeconds(1));
    }

    @Override
    public Provider open(Wiring with) {
        throw new AssertionError("a receiver opens no sending side");
    }

    @Override
    public Optional<InboundSource> openInbound(Wiring with) {
        if (isBroken) {
            throw new IllegalStateException("a bug in the provider");
        }
        this.wiring = with;
        return Optional.of(this);
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public void close() {
        onClose.run();
        closed = true;
    }
}
