package io.smspipeline.provider.smpp;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.contract.ConnectedProviderContract;
import io.smspipeline.provider.contract.FarSide;

/** An account at an SMSC passes the contract, however it binds. */
abstract class SmppContract extends ConnectedProviderContract {
    private final SimulatedFarSide farSide = new SimulatedFarSide();
    private final String bind;

    SmppContract(String bind) {
        this.bind = bind;
    }

    @Override
    protected void stopFarSide() {
        farSide.close();
    }

    private ConfiguredProvider configured(int window, String timeout) {
        return SmppTestAccount.at(
                farSide.port(),
                "bind: " + bind,
                "window: " + window,
                "response-timeout: " + timeout,
                "rebind: {initial: 50ms, max: 200ms}");
    }

    @Override
    protected ConfiguredProvider configured(int window) {
        return configured(window, "20s");
    }

    @Override
    protected ConfiguredProvider impatient(int window) {
        return configured(window, "500ms");
    }

    @Override
    protected FarSide farSide() {
        return farSide;
    }
}
