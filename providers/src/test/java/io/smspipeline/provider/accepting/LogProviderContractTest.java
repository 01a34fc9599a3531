package io.smspipeline.provider.accepting;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.ProviderContract;
import java.time.Duration;

class LogProviderContractTest extends ProviderContract {
    @Override
    protected ConfiguredProvider configured(int window) {
        return TestProviders.of("type: \"log\"", "window: " + window);
    }

    @Override
    protected void answerAfter(Duration latency) {
        // It answers at once.
    }
}
