package io.smspipeline.provider.vonage;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** Vonage keeps what every provider keeps. */
class VonageContractTest extends AggregatorContract {
    VonageContractTest() {
        super(
                AggregatorType.VONAGE,
                "abcd1234",
                "secret",
                "",
                1_000,
                "7",
                "type: vonage",
                "api-key: abcd1234",
                "api-secret: secret",
                "signature-secret: signing-secret",
                "signature-method: sha256hmac");
    }
}
