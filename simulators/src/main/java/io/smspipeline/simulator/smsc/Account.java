package io.smspipeline.simulator.smsc;

/** What all binds of one system_id share: their number, their rate, their receipts. Safe for use by many threads. */
final class Account {
    private static final long SECOND = 1_000_000_000L;

    private final String systemId;
    private final Mailbox mailbox;
    private int binds;
    private long secondBegan;
    private int takenInSecond;

    Account(String systemId, SmscCore smsc) {
        this.systemId = systemId;
        this.mailbox = new Mailbox(smsc);
        this.secondBegan = System.nanoTime() - SECOND;
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

    /** Whether so many more messages are within the rate. Seconds are counted one after the other, as many an SMSC does. */
    synchronized boolean takes(int perSecond, int more) {
        if (perSecond == 0) {
            return true;
        }
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            takenInSecond = 0;
        }
        if (takenInSecond + more > perSecond) {
            return false;
        }
        takenInSecond += more;
        return true;
    }
}
