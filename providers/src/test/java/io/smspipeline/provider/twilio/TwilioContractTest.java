package io.smspipeline.provider.twilio;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** Twilio keeps what every provider keeps. */
class TwilioContractTest extends AggregatorContract {
    TwilioContractTest() {
        super(
                AggregatorType.TWILIO,
                "AC00000000000000000000000000000001",
                "token",
                "#rc=5&rp=all",
                1,
                "21211",
                "type: twilio",
                "account-sid: AC00000000000000000000000000000001",
                "auth-token: token");
    }
}
