package io.smspipeline.router.routing;

import io.smspipeline.record.Asked;
import io.smspipeline.record.Failure;
import org.jspecify.annotations.Nullable;

/** What is done with a message now. */
sealed interface Decision {
    /**
     * It is handed to the sender of a provider.
     *
     * @param asked what its application asked for where its rule changed that; null where it did not
     */
    record Carry(Choice.Carried choice, @Nullable Asked asked) implements Decision {}

    /**
     * It waits.
     *
     * @param due epoch milliseconds
     * @param told true when the application is told: it asked for it, or it is quiet where the recipient is; false when a
     *     provider needs a pause
     */
    record Hold(long due, boolean told) implements Decision {}

    /** Its time is over. */
    record Expire(Failure failure) implements Decision {}

    /** It ends here. */
    record Refuse(Failure failure) implements Decision {}
}
