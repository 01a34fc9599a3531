package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** Clickatell keeps what every provider keeps. */
class ClickatellContractTest extends AggregatorContract {
    ClickatellContractTest() {
        super(
                AggregatorType.CLICKATELL,
                "",
                "platform-key",
                "",
                1_000,
                "25",
                "type: clickatell",
                "api-key: platform-key");
    }
}
