package io.smspipeline.provider.smpp;

class SmppTransceiverContractTest extends SmppContract {
    SmppTransceiverContractTest() {
        super("transceiver");
    }
}
