package io.smspipeline.provider.vonage;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** An account that sends through Vonage's Messages API keeps what every provider keeps. */
class VonageMessagesContractTest extends AggregatorContract {
    VonageMessagesContractTest() {
        super(
                AggregatorType.VONAGE_MESSAGES,
                "abcd1234",
                "secret",
                "",
                1_000,
                "1170",
                "type: vonage",
                "api: messages",
                "api-key: abcd1234",
                "api-secret: secret",
                "signature-secret: signing-secret");
    }
}
