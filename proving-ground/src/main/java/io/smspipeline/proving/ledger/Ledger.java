package io.smspipeline.proving.ledger;

import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MessageState;
import io.smspipeline.record.MessageStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of each message of a run, seen from three sides that know nothing of each other: the publisher, the SMSC, and
 * whoever reads the published topics. Safe for use by many threads.
 */
public final class Ledger {
    private static final Pattern MARK = Pattern.compile("proof (\\d{7})\\.");

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> byId = new HashMap<>();
    private final List<String> strangers = new ArrayList<>();
    private int acknowledged;
    private int ended;
    private long lastChange = System.nanoTime();

    /** The words by which every part of a message's text is known at the SMSC, 14 characters. */
    public static String mark(int number) {
        return "proof %07d.".formatted(number);
    }

    /** Opens the next message's entry, before it is published. */
    public synchronized Entry open(String messageId, int parts) {
        Entry entry = new Entry(entries.size(), messageId, parts);
        entries.add(entry);
        byId.put(messageId, entry);
        return entry;
    }

    /** How many entries there are: the next one's number. */
    public synchronized int opened() {
        return entries.size();
    }

    /** Kafka acknowledged it: from here on it must not be lost. */
    public synchronized void acknowledged(Entry entry) {
        entry.acknowledge();
        acknowledged++;
    }

    /** The SMSC took a submit_sm. */
    public synchronized void submitted(@Nullable String text, int part) {
        Matcher mark = MARK.matcher(text == null ? "" : text);
        if (!mark.find() || Integer.parseInt(mark.group(1)) >= entries.size()) {
            strangers.add("the SMSC took a text nobody published: " + text);
            return;
        }
        entries.get(Integer.parseInt(mark.group(1))).submitted(part);
        lastChange = System.nanoTime();
    }

    /** An event was read. */
    public synchronized void read(LifecycleEvent event) {
        Entry entry = byId.get(event.getMessageId());
        if (entry == null) {
            strangers.add(event.getKind() + " of a message nobody published: " + event.getMessageId());
        } else if (event.getPossibleRepeat()) {
            entry.toldOfRepeat();
        }
    }

    /** A status was read. */
    public synchronized void read(MessageStatus status) {
        Entry entry = byId.get(status.getMessageId());
        if (entry == null) {
            strangers.add(status.getState() + " of a message nobody published: " + status.getMessageId());
            return;
        }
        boolean first = entry.end() == null;
        entry.read(status);
        if (first && entry.end() != null) {
            ended++;
        }
        lastChange = System.nanoTime();
    }

    /** Messages Kafka acknowledged. */
    public synchronized int acknowledged() {
        return acknowledged;
    }

    /** Messages that have a final state. */
    public synchronized int ended() {
        return ended;
    }

    /** Nanoseconds since the SMSC or the status topic said something. */
    public synchronized long silence() {
        return System.nanoTime() - lastChange;
    }

    /** What was seen of messages that nobody published, one sentence each. */
    public synchronized List<String> strangers() {
        return List.copyOf(strangers);
    }

    /** How many messages ended in each state. */
    public synchronized Map<MessageState, Integer> ends() {
        Map<MessageState, Integer> ends = new HashMap<>();
        entries.forEach(entry -> {
            MessageState end = entry.end();
            if (end != null) {
                ends.merge(end, 1, Integer::sum);
            }
        });
        return ends;
    }

    /** Submits beyond the first of each part. */
    public synchronized int repeats() {
        return entries.stream().mapToInt(Entry::repeats).sum();
    }

    /** Each message's entry, for judging a run that is over. */
    public synchronized Collection<Entry> entries() {
        return List.copyOf(entries);
    }
}
