package io.smspipeline.receiver.webhook;

/** What this process holds on to. */
final class Heap {
    private Heap() {}

    /** Octets in use after a collection. */
    static long inUse() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
