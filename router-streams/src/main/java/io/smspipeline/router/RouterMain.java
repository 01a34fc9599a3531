package io.smspipeline.router;

import io.smspipeline.service.start.SingleService;

/** The router as a process of its own: {@code --config FILE --data DIRECTORY}. */
public final class RouterMain {
    private RouterMain() {}

    /** Ends with the exit code of {@link SingleService}. */
    public static void main(String[] arguments) {
        System.exit(SingleService.main(new RouterBlueprint(), arguments));
    }
}
