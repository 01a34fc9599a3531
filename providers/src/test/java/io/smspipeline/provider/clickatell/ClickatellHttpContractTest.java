package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** An account at Clickatell's HTTP API keeps what every provider keeps. */
class ClickatellHttpContractTest extends AggregatorContract {
    ClickatellHttpContractTest() {
        super(
                AggregatorType.CLICKATELL_HTTP,
                "demo",
                "secret",
                "",
                1_000,
                "105",
                "type: clickatell",
                "api: http",
                "api-id: 4711",
                "user: demo",
                "password: secret");
    }
}
