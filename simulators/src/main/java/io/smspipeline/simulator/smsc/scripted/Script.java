package io.smspipeline.simulator.smsc.scripted;

import java.io.IOException;

/** What the peer does on one connection, in a thread of its own. */
@FunctionalInterface
public interface Script {
    /**
     * Plays the SMSC. When it returns, the connection is closed; {@link Link#readOn()} at its end keeps it open.
     *
     * @throws IOException when the ESME closes first, which ends the script without being a fault
     */
    void play(Link link) throws IOException, InterruptedException;
}
