package io.smspipeline.simulator.smsc;

import java.io.IOException;
import java.util.List;

/** What is owed to ESMEs, kept elsewhere than in this process. Safe for use by many threads. */
interface Journal extends AutoCloseable {
    /** Keeps nothing: what is owed is lost with the process. */
    Journal NONE = new Journal() {
        @Override
        public void owe(String systemId, List<Owed> owed) {}

        @Override
        public void done(Delivery delivery) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Notes what one message led to; it is kept once {@link #flush()} has returned. */
    void owe(String systemId, List<Owed> owed);

    /** Notes that an ESME has taken it. */
    void done(Delivery delivery);

    /**
     * Returns when all that was noted before is kept.
     *
     * @throws IOException when it cannot be kept; then neither this nor anything later is
     */
    void flush() throws IOException;

    @Override
    void close() throws IOException;
}
