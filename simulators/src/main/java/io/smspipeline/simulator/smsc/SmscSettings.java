package io.smspipeline.simulator.smsc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is settled when the SMSC starts. Immutable: each {@code with…} gives a changed copy. */
public final class SmscSettings implements Cloneable {
    private int port;
    private Map<String, String> accounts = Map.of();
    private Behaviour behaviour = Behaviour.prompt();
    private int logSize = 10_000;
    private int duplicateMemory = 1_000_000;
    private int maxHeld = 1_000_000;
    private int deliverWindow = 100;
    private Duration answerTimeout = Duration.ofSeconds(10);
    private Duration enquireLink = Duration.ofSeconds(30);
    private long seed = 1;
    private long firstId;
    private int httpPort = -1;
    private @Nullable Path journal;
    private @Nullable Path pduLog;
    private @Nullable TlsPort tls;

    private SmscSettings() {}

    /** A free port, anyone may bind, prompt answers, no HTTP. */
    public static SmscSettings forTests() {
        return new SmscSettings();
    }

    private SmscSettings copy() {
        try {
            return (SmscSettings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ": set 1 or more.");
        }
        return value;
    }

    /** Where it listens on 127.0.0.1; 0 = a free port. */
    public int port() {
        return port;
    }

    public SmscSettings withPort(int value) {
        SmscSettings copy = copy();
        copy.port = value;
        return copy;
    }

    /** Who may bind: system_id to password, an empty one for any password. Nobody named = anybody may. */
    public Map<String, String> accounts() {
        return accounts;
    }

    public SmscSettings withAccounts(Map<String, String> value) {
        SmscSettings copy = copy();
        // In their order: the first gets what handsets send to nobody in particular.
        copy.accounts = Collections.unmodifiableMap(new LinkedHashMap<>(value));
        return copy;
    }

    /** One account alone; null takes anyone, or any password. */
    public SmscSettings withAccount(@Nullable String onlySystemId, @Nullable String onlyPassword) {
        return withAccounts(
                onlySystemId == null ? Map.of() : Map.of(onlySystemId, onlyPassword == null ? "" : onlyPassword));
    }

    /** The first account named; null when anyone may bind. */
    @Nullable
    String firstAccount() {
        List<String> named = List.copyOf(accounts.keySet());
        return named.isEmpty() ? null : named.get(0);
    }

    /** How it begins. */
    public Behaviour behaviour() {
        return behaviour;
    }

    public SmscSettings withBehaviour(Behaviour value) {
        SmscSettings copy = copy();
        copy.behaviour = value;
        return copy;
    }

    /** How many of the latest messages are kept to look at, and remembered for query_sm; 1 or more. Counters go on. */
    public int logSize() {
        return logSize;
    }

    public SmscSettings withLogSize(int value) {
        SmscSettings copy = copy();
        copy.logSize = requirePositive("logSize", value);
        return copy;
    }

    /** Among how many of the latest messages repeats are recognised, 1 or more. */
    public int duplicateMemory() {
        return duplicateMemory;
    }

    public SmscSettings withDuplicateMemory(int value) {
        SmscSettings copy = copy();
        copy.duplicateMemory = requirePositive("duplicateMemory", value);
        return copy;
    }

    /**
     * Messages that may be held until their delivery, or wait for an ESME to take their receipt, 1 or more; over it submits are
     * refused with ESME_RMSGQFUL. One takes less than 400 octets of memory.
     */
    public int maxHeld() {
        return maxHeld;
    }

    public SmscSettings withMaxHeld(int value) {
        SmscSettings copy = copy();
        copy.maxHeld = requirePositive("maxHeld", value);
        return copy;
    }

    /** deliver_sm of one session that may be unanswered, 1 or more. */
    public int deliverWindow() {
        return deliverWindow;
    }

    public SmscSettings withDeliverWindow(int value) {
        SmscSettings copy = copy();
        copy.deliverWindow = requirePositive("deliverWindow", value);
        return copy;
    }

    /** After which a deliver_sm or enquire_link counts as unanswered. */
    public Duration answerTimeout() {
        return answerTimeout;
    }

    /** Silence after which the SMSC asks whether the link lives; zero = never. */
    public Duration enquireLink() {
        return enquireLink;
    }

    public SmscSettings withTimers(Duration newAnswerTimeout, Duration newEnquireLink) {
        if (newAnswerTimeout.isNegative() || newAnswerTimeout.isZero()) {
            throw new IllegalArgumentException("answerTimeout is " + newAnswerTimeout
                    + ": an ESME needs some time to answer. Set 1ms or more; 10s is usual.");
        }
        SmscSettings copy = copy();
        copy.answerTimeout = newAnswerTimeout;
        copy.enquireLink = newEnquireLink;
        return copy;
    }

    /** Decides what chance decides: the same for the same submits in the same order. */
    public long seed() {
        return seed;
    }

    public SmscSettings withSeed(long value) {
        SmscSettings copy = copy();
        copy.seed = value;
        return copy;
    }

    /** Number of the first message, from which its id is written; 0 = from the clock, so that no id comes twice. */
    public long firstId() {
        return firstId;
    }

    public SmscSettings withFirstId(long value) {
        SmscSettings copy = copy();
        copy.firstId = value;
        return copy;
    }

    /** Where figures and messages are served on 127.0.0.1; 0 = a free port, -1 = nowhere. */
    public int httpPort() {
        return httpPort;
    }

    public SmscSettings withHttpPort(int value) {
        SmscSettings copy = copy();
        copy.httpPort = value;
        return copy;
    }

    /**
     * File in which receipts and replies still owed outlive the process, made when there is none and used by one SMSC at a
     * time; null = they are lost with it.
     */
    public @Nullable Path journal() {
        return journal;
    }

    public SmscSettings withJournal(@Nullable Path value) {
        SmscSettings copy = copy();
        copy.journal = value;
        return copy;
    }

    /**
     * File to which every PDU is written as a line of JSON, behind what it has; {@code -} for stdout, null = none is.
     */
    public @Nullable Path pduLog() {
        return pduLog;
    }

    public SmscSettings withPduLog(@Nullable Path value) {
        SmscSettings copy = copy();
        copy.pduLog = value;
        return copy;
    }

    /** Where it listens for TLS beside {@link #port()}; null = nowhere. */
    public @Nullable TlsPort tls() {
        return tls;
    }

    public SmscSettings withTls(@Nullable TlsPort value) {
        SmscSettings copy = copy();
        copy.tls = value;
        return copy;
    }
}
