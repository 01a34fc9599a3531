package io.smspipeline.provider.contract;

import java.time.Duration;
import java.util.List;

/** Who is at the other end of a provider under test, and does as told. */
public interface FarSide {
    /** Accepts what comes from now on, as at the beginning, after about this long. */
    void accept(Duration latency);

    /** Refuses for good what comes from now on, because of the recipient. */
    void refuse();

    /** Says that it is too fast. */
    void throttle();

    /** Has trouble of its own and takes nothing. */
    void fail();

    /** Takes what comes and answers nothing. */
    void stayMute();

    /** Breaks every connection; new ones are welcome. */
    void cut();

    /** Is gone, with all connections, until {@link #comeBack()}. */
    void goAway();

    /** Is there again, under the same address. */
    void comeBack();

    /** The texts (of one part each) it has accepted, in the order in which they came. */
    List<String> accepted();

    /** A handset sends a text to {@code 12345}. */
    void sendFromHandset(String text);

    /** How much of what it sent was confirmed. */
    long confirmed();

    /** How often it was asked to send something again. */
    long refusedByUs();
}
