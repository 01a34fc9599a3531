package io.smspipeline.provider.smpp.session;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A bind under way. Its answer's sc_interface_version is not looked at: whatever it says must not fail the bind. */
final class BindRequest implements Request {
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Runnable onSuccess;

    BindRequest(Runnable onSuccess) {
        this.onSuccess = onSuccess;
    }

    CompletableFuture<Integer> status() {
        return status;
    }

    @Override
    public void answered(boolean nack, int answer, Octets body) {
        if (answer == 0 && !nack) {
            // Here, on the reading thread: an end of the link that is read next comes after it for sure.
            onSuccess.run();
            status.complete(0);
        } else {
            status.complete(answer == 0 ? org.jsmpp.SMPPConstant.STAT_ESME_RBINDFAIL : answer);
        }
    }

    @Override
    public void unanswered(Fate fate, String why) {
        status.completeExceptionally(new IOException("no answer to the bind: " + why));
    }
}
