package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** BulkSms keeps what every provider keeps. */
class BulkSmsContractTest extends AggregatorContract {
    BulkSmsContractTest() {
        super(
                AggregatorType.BULKSMS,
                "token-id",
                "secret",
                "",
                1_000,
                "bad-request",
                "type: bulksms",
                "token-id: token-id",
                "token-secret: secret");
    }
}
