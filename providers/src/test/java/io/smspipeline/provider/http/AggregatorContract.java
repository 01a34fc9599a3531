package io.smspipeline.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.TestProviders;
import io.smspipeline.provider.contract.FarSide;
import io.smspipeline.provider.contract.Feeder;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.provider.contract.WebhookProviderContract;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.simulator.aggregator.AggregatorSettings;
import io.smspipeline.simulator.aggregator.AggregatorType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract over a simulated aggregator. */
public abstract class AggregatorContract extends WebhookProviderContract {
    private final List<String> account;
    private final AggregatorFarSide farSide;

    /**
     * @param fragment behind the callback address; empty for none
     * @param timeScale of the aggregator's retries
     * @param account the keys of the provider's configuration that say who we are
     */
    protected AggregatorContract(
            AggregatorType type,
            String user,
            String secret,
            String fragment,
            double timeScale,
            String badRecipient,
            String... account) {
        this.account = List.of(account);
        farSide = new AggregatorFarSide(
                AggregatorSettings.forTests(type, user, secret)
                        .withSignature("sha256hmac", type.name().startsWith("VONAGE") ? "signing-secret" : "")
                        .withCallback(URI.create(door.address() + fragment), timeScale),
                badRecipient);
    }

    @Override
    protected FarSide farSide() {
        return farSide;
    }

    @Override
    protected void stopFarSide() {
        farSide.close();
        super.stopFarSide();
    }

    private ConfiguredProvider configured(int window, String timeout) {
        List<String> keys = new ArrayList<>(account);
        keys.add("base-url: " + farSide.aggregator().url());
        keys.add("window: " + window);
        keys.add("response-timeout: " + timeout);
        keys.add("connect-timeout: 2s");
        keys.add("check: 100ms");
        keys.add("look-up: 300ms");
        return TestProviders.of(keys.toArray(new String[0]));
    }

    @Override
    protected ConfiguredProvider configured(int window) {
        return configured(window, "20s");
    }

    @Override
    protected ConfiguredProvider impatient(int window) {
        return configured(window, "500ms");
    }

    @Test
    void a_receipt_comes_under_an_id_of_its_acceptance() throws Exception {
        ConfiguredProvider configured = configured(3);
        Provider provider = open(configured);
        try (AutoCloseable inbound = openInbound(configured)) {
            assertThat(inbound).isNotNull();
            farSide.tellStates();

            SendOutcome outcome = outcome(new Feeder(provider)
                    .send(Messages.text("m1", "x".repeat(200)))
                    .get(0));

            assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
            await().atMost(SOON)
                    .until(() ->
                            sink.receipts().stream().anyMatch(receipt -> receipt.getState() == ReceiptState.DELIVERED));
            assertThat(((SendOutcome.Accepted) outcome).correlationIds()).containsAll(sink.correlationIds());
        }
    }
}
