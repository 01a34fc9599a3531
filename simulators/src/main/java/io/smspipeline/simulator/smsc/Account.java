package io.smspipeline.simulator.smsc;

/** What all binds of one system_id share: their number, their rate, their receipts. Safe for use by many threads. */
final class Account {
    private final String systemId;
    private final Mailbox mailbox;
    private final Throttle throttle = new Throttle(System::nanoTime);
    private int binds;

    Account(String systemId, SmscCore smsc) {
        this.systemId = systemId;
        this.mailbox = new Mailbox(smsc);
    }

    String systemId() {
        return systemId;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** @param most binds at a time; 0 = any number */
    synchronized boolean bind(int most) {
        if (most > 0 && binds >= most) {
            return false;
        }
        binds++;
        return true;
    }

    synchronized void unbind() {
        binds--;
    }

    /** What this account has been taking, all its binds together. */
    Throttle throttle() {
        return throttle;
    }
}
