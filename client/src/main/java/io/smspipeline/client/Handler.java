package io.smspipeline.client;

/**
 * What an application does about an event. Called for one event of a key at a time, in order, and for events of different keys
 * on several threads at once. Whatever it throws makes the event come again later; it should therefore be harmless to
 * handle an event twice.
 */
@FunctionalInterface
public interface Handler<E> {
    /** Handles {@code event}; returns when that is done for good. */
    void handle(E event, Delivery delivery) throws Exception;
}
