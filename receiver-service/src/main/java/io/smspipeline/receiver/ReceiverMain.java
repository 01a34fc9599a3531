package io.smspipeline.receiver;

import io.smspipeline.service.start.SingleService;

/** The receiver as a process of its own: {@code --config FILE}. */
public final class ReceiverMain {
    private ReceiverMain() {}

    /** Ends with the exit code of {@link SingleService}. */
    public static void main(String[] arguments) {
        System.exit(SingleService.main(new ReceiverBlueprint(), arguments));
    }
}
