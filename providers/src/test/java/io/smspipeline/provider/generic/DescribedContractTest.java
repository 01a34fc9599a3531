package io.smspipeline.provider.generic;

import io.smspipeline.provider.http.AggregatorContract;
import io.smspipeline.simulator.aggregator.AggregatorType;

/** A described provider keeps what every provider keeps: Clickatell's API, in a configuration alone. */
class DescribedContractTest extends AggregatorContract {
    DescribedContractTest() {
        super(
                AggregatorType.CLICKATELL,
                "",
                "platform-key",
                "?secret=hidden",
                1_000,
                "25",
                "type: http",
                "secret: platform-key",
                "webhook-secret: hidden",
                "request:",
                "  path: /v1/message",
                "  headers: {Authorization: \"${secret}\"}",
                "  body: '{\"messages\":[{\"channel\":\"sms\",\"to\":\"${to-digits}\",\"content\":\"${text}\"}]}'",
                "answer:",
                "  id: /messages/0/apiMessageId",
                "  code: [/messages/0/error/code, /error/code]",
                "  errors: {\"25\": {as: rejected, code: invalid-recipient}, \"43\": throttled}",
                "callbacks:",
                "  status: {each: /event/messageStatusUpdate, id: /messageId, state: /status, states: {SENT_TO_SUPPLIER: enroute, DEVICE_ACK: delivered}}",
                "  im: {each: /event/moText, id: /messageId, from: /from, to: /to, text: /content}");
    }
}
