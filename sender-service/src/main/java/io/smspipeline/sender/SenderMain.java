package io.smspipeline.sender;

import io.smspipeline.service.start.SingleService;

/** The sender as a process of its own: {@code --config FILE}. */
public final class SenderMain {
    private SenderMain() {}

    /** Ends with the exit code of {@link SingleService}. */
    public static void main(String[] arguments) {
        System.exit(SingleService.main(new SenderBlueprint(), arguments));
    }
}
