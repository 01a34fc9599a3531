package io.smspipeline.provider.loopback;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.ProviderContract;
import java.time.Duration;

class LoopbackProviderContractTest extends ProviderContract {
    private Duration latency = Duration.ZERO;

    @Override
    protected ConfiguredProvider configured(int window) {
        return TestProviders.of("type: loopback", "window: " + window, "latency: " + latency.toMillis() + "ms");
    }

    @Override
    protected void answerAfter(Duration newLatency) {
        latency = newLatency;
    }
}
