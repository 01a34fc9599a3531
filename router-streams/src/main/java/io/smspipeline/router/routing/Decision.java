package io.smspipeline.router.routing;

import io.smspipeline.record.Failure;

/** What is done with a message now. */
sealed interface Decision {
    /** It is handed to the sender of a provider. */
    record Carry(Choice.Carried choice) implements Decision {}

    /**
     * It waits.
     *
     * @param due epoch milliseconds
     * @param asked true when the application asked for it, false when a provider needs a pause
     */
    record Hold(long due, boolean asked) implements Decision {}

    /** Its time is over. */
    record Expire(Failure failure) implements Decision {}

    /** It ends here. */
    record Refuse(Failure failure) implements Decision {}
}
