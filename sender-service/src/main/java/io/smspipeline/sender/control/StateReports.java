package io.smspipeline.sender.control;

import io.smspipeline.record.BreakerState;
import io.smspipeline.record.ProviderState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says every second how this process finds each provider it serves, at once when one comes up, goes down or is stopped, and
 * takes its words back when it ends. Started and closed once, by one thread.
 */
public final class StateReports implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StateReports.class);
    private static final long LOOK_MILLIS = 200;
    private static final int LOOKS_A_SECOND = 5;

    private final Supplier<List<ProviderState>> states;
    private final BiConsumer<String, @Nullable ProviderState> say;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "provider-state"));
    private final Map<String, Said> said = new HashMap<>();

    /** @param fell whether it was given messages before and then was not */
    private record Said(ProviderState state, int looksAgo, boolean fell) {}

    /**
     * @param states of each provider now, {@code recovered} left to this class
     * @param say is given an alias and what is said of it; null takes back what was said. Must not block
     */
    public StateReports(Supplier<List<ProviderState>> states, BiConsumer<String, @Nullable ProviderState> say) {
        this.states = states;
        this.say = say;
    }

    /** Begins to speak. */
    public void start() {
        timer.scheduleWithFixedDelay(this::lookAgain, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException fault) {
            // The next look may do better; an exception would end them all.
            LOG.error("provider state could not be told", fault);
        }
    }

    /** Says what is due. The timer's thread, or a test in its place. */
    void look() {
        for (ProviderState state : states.get()) {
            String alias = state.getAlias();
            Said before = said.get(alias);
            boolean fell = before != null && (before.fell || isFed(before.state) && !isFed(state));
            state.setRecovered(fell && isFed(state));
            if (before == null || before.looksAgo + 1 >= LOOKS_A_SECOND || isNews(before.state, state)) {
                say.accept(alias, state);
                said.put(alias, new Said(state, 0, fell));
            } else {
                said.put(alias, new Said(before.state, before.looksAgo + 1, fell));
            }
        }
    }

    private static boolean isFed(ProviderState state) {
        return state.getUp() && state.getBreaker() == BreakerState.CLOSED;
    }

    private static boolean isNews(ProviderState before, ProviderState now) {
        return before.getUp() != now.getUp()
                || before.getBreaker() != now.getBreaker()
                || before.getControl() != now.getControl()
                || before.getThrottled() != now.getThrottled();
    }

    /** Whoever asks finds nothing of this process any more, rather than waiting for its next word. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("provider state was still being told when this process ended");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Set.copyOf(said.keySet()).forEach(alias -> say.accept(alias, null));
    }
}
