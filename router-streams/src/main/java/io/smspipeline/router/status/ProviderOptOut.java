package io.smspipeline.router.status;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.optout.OptOutKey;
import java.util.Optional;

/** What a provider knows of a handset that opted out with it: the next message need not ask it. Pure functions. */
final class ProviderOptOut {
    private ProviderOptOut() {}

    /** Empty unless a provider refused a message, or reported it failed, because its recipient opted out of its sender. */
    static Optional<OptOut> of(LifecycleEvent event) {
        Failure failure = event.getFailure();
        String provider = event.getProvider();
        String from = event.getFrom();
        if (failure == null || failure.getCode() != FailureCode.OPTED_OUT || provider == null || from == null) {
            return Optional.empty();
        }
        String reason = provider + (failure.getProviderCode() == null ? "" : " " + failure.getProviderCode());
        return Msisdn.parse(event.getTo())
                .number()
                .map(handset -> OptOutKey.of(handset.value(), from))
                .map(key ->
                        new OptOut(key.handset(), key.sender(), true, OptOutOrigin.PROVIDER, reason, event.getAt()));
    }
}
