package io.smspipeline.provider.smpp;

class SmppSeparateContractTest extends SmppContract {
    SmppSeparateContractTest() {
        super("separate");
    }
}
