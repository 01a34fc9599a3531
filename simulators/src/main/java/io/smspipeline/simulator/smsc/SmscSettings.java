package io.smspipeline.simulator.smsc;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is settled when the SMSC starts.
 *
 * @param port where it listens on 127.0.0.1; 0 = a free one
 * @param systemId the only one that may bind; null = any
 * @param password the only one that is taken; null = any
 * @param behaviour how it begins
 * @param logSize how many of the latest messages are kept to look at, 1 or more; counters go on
 * @param duplicateMemory among how many of the latest messages repeats are recognised, 1 or more
 * @param deliverWindow deliver_sm of one session that may be unanswered, 1 or more
 * @param answerTimeout after which a deliver_sm or enquire_link counts as unanswered
 * @param enquireLink silence after which the SMSC asks whether the link lives; zero = never
 * @param errorSeed decides which submits {@link Behaviour#errorRate()} hits
 * @param httpPort where figures and messages are served on 127.0.0.1; 0 = a free one, -1 = nowhere
 * @param journal file in which receipts and replies still owed outlive the process, made when there is none and used by one
 *     SMSC at a time; null = they are lost with it
 */
public record SmscSettings(
        int port,
        @Nullable String systemId,
        @Nullable String password,
        Behaviour behaviour,
        int logSize,
        int duplicateMemory,
        int deliverWindow,
        Duration answerTimeout,
        Duration enquireLink,
        long errorSeed,
        int httpPort,
        @Nullable Path journal) {

    public SmscSettings {
        requirePositive("logSize", logSize);
        requirePositive("duplicateMemory", duplicateMemory);
        requirePositive("deliverWindow", deliverWindow);
        if (answerTimeout.isNegative() || answerTimeout.isZero()) {
            throw new IllegalArgumentException("answerTimeout is " + answerTimeout
                    + ": an ESME needs some time to answer. Set 1ms or more; 10s is usual.");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": set 1 or more.");
        }
    }

    /** A free port, anyone may bind, prompt answers, no HTTP. */
    public static SmscSettings forTests() {
        return new SmscSettings(
                0,
                null,
                null,
                Behaviour.prompt(),
                10_000,
                1_000_000,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                1,
                -1,
                null);
    }

    public SmscSettings withPort(int value) {
        return new SmscSettings(
                value,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    /** Null takes anyone. */
    public SmscSettings withAccount(@Nullable String onlySystemId, @Nullable String onlyPassword) {
        return new SmscSettings(
                port,
                onlySystemId,
                onlyPassword,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withBehaviour(Behaviour value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                value,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withLogSize(int value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                value,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withDuplicateMemory(int value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                value,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withDeliverWindow(int value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                value,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withTimers(Duration newAnswerTimeout, Duration newEnquireLink) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                newAnswerTimeout,
                newEnquireLink,
                errorSeed,
                httpPort,
                journal);
    }

    public SmscSettings withErrorSeed(long value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                value,
                httpPort,
                journal);
    }

    public SmscSettings withHttpPort(int value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                value,
                journal);
    }

    /** Null keeps what is owed in memory alone. */
    public SmscSettings withJournal(@Nullable Path value) {
        return new SmscSettings(
                port,
                systemId,
                password,
                behaviour,
                logSize,
                duplicateMemory,
                deliverWindow,
                answerTimeout,
                enquireLink,
                errorSeed,
                httpPort,
                value);
    }
}
