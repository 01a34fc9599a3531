package io.smspipeline.router.inbound;

import io.smspipeline.settings.Section;
import java.time.Duration;

/**
 * How long is waited and remembered.
 *
 * @param joinTimeout after which a message of several parts is published with those that came
 * @param replyWait how long at most a message waits for the acceptance of what it may be an answer to; zero publishes at
 *     once. An answer can be faster than the news that the question was accepted. A quarter of it is waited in any case, the
 *     rest only while no message that it could answer is known
 * @param replyWithin how long after a message a word from the handset is an answer to it
 * @param repeatsWithin how long a message of one part without an id of the provider's own is recognised when it comes again.
 *     SMSCs give no id to what a handset sends: within this time a person who writes the same word twice is heard once
 * @param words by which a handset opts out and in
 */
public record InboundSettings(
        Duration joinTimeout, Duration replyWait, Duration replyWithin, Duration repeatsWithin, OptOutWords words) {
    /** Unless configured otherwise. */
    public static final InboundSettings DEFAULT = new InboundSettings(
            Duration.ofMinutes(10),
            Duration.ofSeconds(2),
            Duration.ofDays(7),
            Duration.ofMinutes(10),
            OptOutWords.DEFAULT);

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(365);

    /** Reads the sections {@code inbound} and {@code opt-out}. Faults are recorded in the settings. */
    public static InboundSettings read(Section root) {
        Section inbound = root.section("inbound");
        return new InboundSettings(
                inbound.duration("join-timeout")
                        .between(LEAST, Duration.ofDays(7))
                        .orElse(DEFAULT.joinTimeout),
                inbound.duration("reply-wait")
                        .between(Duration.ZERO, Duration.ofMinutes(1))
                        .orElse(DEFAULT.replyWait),
                inbound.duration("reply-within").between(LEAST, MOST).orElse(DEFAULT.replyWithin),
                inbound.duration("repeats-within").between(LEAST, MOST).orElse(DEFAULT.repeatsWithin),
                OptOutWords.read(root));
    }
}
