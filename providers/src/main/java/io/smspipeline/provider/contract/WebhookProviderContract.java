package io.smspipeline.provider.contract;

import io.smspipeline.provider.ConfiguredProvider;
import java.time.Clock;

/** What a provider keeps that is sent to and calls back over HTTP. */
public abstract class WebhookProviderContract extends ConnectedProviderContract {
    /** Where the far side calls back; opened when a test wants to hear of it. */
    protected final WebhookDoor door = new WebhookDoor();

    @Override
    protected AutoCloseable openInbound(ConfiguredProvider configured) {
        door.open(
                configured
                        .webhooks(Clock.systemUTC())
                        .orElseThrow(() -> new AssertionError(configured.type()
                                + " reads no webhooks: give ConfiguredProvider.webhooks, or extend"
                                + " ConnectedProviderContract")),
                sink);
        return () -> {};
    }

    @Override
    protected void stopFarSide() {
        door.close();
    }
}
