package io.smspipeline.provider.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Carries requests to an API. Safe for use by many threads; never blocks. */
interface Transport {
    /**
     * Sends.
     *
     * @param patience after which nobody waits any more, the answer's body included
     * @return completes with any answer whatever its status; fails with {@link LostException} when there is none
     */
    CompletableFuture<HttpAnswer> send(Call call, Duration patience);

    /** Ends what is under way and gives the threads up. */
    void close();
}
