package io.smspipeline.provider.smpp;

import io.smspipeline.provider.smpp.session.AsyncSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sessions whose place another one has taken: each says goodbye when nothing is under way over it any more, in either
 * direction. Safe for use by many threads.
 */
final class Retired {
    private static final String WHY = "another host took its place";

    private final long patience;
    private final List<Leaving> leaving = new CopyOnWriteArrayList<>();

    private record Leaving(Live live, long deadline, AtomicBoolean saidGoodbye) {}

    /** @param patience for what is under way, in nanoseconds; then the session just ends */
    Retired(long patience) {
        this.patience = patience;
    }

    void add(Live live) {
        leaving.add(new Leaving(live, System.nanoTime() + patience, new AtomicBoolean()));
    }

    /** Looks after their time limits, and says goodbye on those that are done. */
    void tick() {
        for (Leaving one : leaving) {
            AsyncSession session = one.live().session();
            session.tick();
            if (session.hasEnded()) {
                leaving.remove(one);
            } else if (System.nanoTime() - one.deadline() > 0) {
                session.end(WHY + ", and what was under way took too long");
            } else if (session.isIdle() && one.live().window().shut()) {
                // Shut: the next part of a message that began here goes over the new session.
                one.saidGoodbye().set(true);
                session.unbind(() -> session.end(WHY));
            }
        }
    }

    /** Submissions under way. */
    int used() {
        int used = 0;
        for (Leaving one : leaving) {
            used += one.saidGoodbye().get() ? 0 : one.live().window().used();
        }
        return used;
    }

    List<AsyncSession> sessions() {
        return leaving.stream().map(one -> one.live().session()).toList();
    }
}
