package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.MessageBody;
import org.jspecify.annotations.Nullable;

/** A receipt that comes once more although nobody asked for it; owed to nobody, so that it is sent once. */
record Repeat(Delivery first) implements Delivery {
    @Override
    public long debt() {
        return first.debt();
    }

    @Override
    public int index() {
        return first.index();
    }

    @Override
    public MessageBody body() {
        return first.body();
    }

    @Override
    public @Nullable String receipted() {
        return first.receipted();
    }

    @Override
    public @Nullable Session origin() {
        return first.origin();
    }
}
