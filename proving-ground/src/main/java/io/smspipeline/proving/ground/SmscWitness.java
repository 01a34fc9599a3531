package io.smspipeline.proving.ground;

import io.smspipeline.simulator.smsc.ReceivedMessage;
import io.smspipeline.simulator.smsc.SmscListener;
import io.smspipeline.text.Sar;

/** What the SMSC saw, told as it happens. Safe for use by many threads. */
final class SmscWitness implements SmscListener {
    private final Submits submits;
    private int newest;
    private int newestThatSubmitted;

    SmscWitness(Submits submits) {
        this.submits = submits;
    }

    @Override
    public void accepted(ReceivedMessage message) {
        Sar part = message.part();
        submits.taken(message.text(), part == null ? 1 : part.number());
        submittedOver(message.session());
    }

    private synchronized void submittedOver(int session) {
        if (session > newestThatSubmitted) {
            newestThatSubmitted = session;
            notifyAll();
        }
    }

    @Override
    public synchronized void bound(String systemId, int session, String kind) {
        newest = Math.max(newest, session);
    }

    /** Number of the session that bound last. */
    synchronized int newestSession() {
        return newest;
    }

    /** Waits until a session younger than {@code session} has submitted something; false when time runs out. */
    synchronized boolean awaitSubmitAfter(int session, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (newestThatSubmitted <= session) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
