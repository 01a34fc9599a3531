package io.smspipeline.provider;

/**
 * This process among those that serve the same accounts. A bind is a contracted slot: of n processes the one with index i
 * opens the binds k with {@code k mod n = i}, and no others.
 *
 * @param index from 0
 * @param of at least 1
 */
public record Replica(int index, int of) {
    /** The only process. */
    public static final Replica ONLY = new Replica(0, 1);

    /** Checks the ranges. */
    public Replica {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("replica is " + index + "/" + of
                    + ": the index counts from 0 and stays below the number of replicas.");
        }
    }

    /** Whether the connection with this number, from 0, is ours. */
    public boolean opens(int connection) {
        return connection % of == index;
    }

    /** How many of {@code connections} are ours. */
    public int shareOf(int connections) {
        return (connections - index + of - 1) / of;
    }
}
