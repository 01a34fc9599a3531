package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Prints one answer for each line read, in the order of the lines, each once Kafka has its message. Keeps a bounded number
 * unanswered, so that any length of input takes the same memory. For use by one thread.
 */
final class AnswersInOrder {
    private static final int MOST_UNANSWERED = 5_000;

    /**
     * A line read.
     *
     * @param answer what is printed when Kafka has the message
     * @param published completes at Kafka's ack
     */
    record Pending(ObjectNode answer, CompletionStage<String> published) {
        /** A line that was refused; nothing is published. */
        static Pending refused(String why, @Nullable String to) {
            return new Pending(
                    JsonNodeFactory.instance.objectNode().put("error", why).put("to", to),
                    CompletableFuture.completedFuture(""));
        }
    }

    private final Answer answer;
    private final Deque<Pending> unanswered = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private int refused;

    AnswersInOrder(Answer answer) {
        this.answer = answer;
    }

    /** Takes a line; waits for the oldest when too many are unanswered. */
    void add(Pending pending) {
        unanswered.addLast(pending);
        while (unanswered.size() > MOST_UNANSWERED
                || !unanswered.isEmpty()
                        && unanswered
                                .getFirst()
                                .published()
                                .toCompletableFuture()
                                .isDone()) {
            print(unanswered.removeFirst());
        }
    }

    /** Waits for all that is left. */
    void finish() {
        while (!unanswered.isEmpty()) {
            print(unanswered.removeFirst());
        }
    }

    /** Lines that were refused or not published. */
    int refused() {
        return refused;
    }

    /** Ids of the messages Kafka has. */
    Set<String> ids() {
        return ids;
    }

    private void print(Pending pending) {
        try {
            String id = pending.published().toCompletableFuture().join();
            if (id.isEmpty()) {
                refused++;
            } else {
                ids.add(id);
            }
            answer.json(pending.answer());
        } catch (CompletionException e) {
            refused++;
            answer.json(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", "Kafka did not take it: " + (e.getCause() == null ? e : e.getCause()).getMessage())
                    .put("to", pending.answer().path("to").asText()));
        }
    }
}
