package io.smspipeline.router.state;

import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. For one thread. */
public final class StateReader {
    private static final int DEADLINE_AT = 1;
    private static final int BODY_AT = 9;

    private final String what;
    private final byte[] octets;
    private int at = BODY_AT;

    /**
     * @param what whose state this is, for error messages
     * @param newest the highest form this version can read
     * @throws StateException when the octets are of a later form, or no state at all
     */
    public StateReader(String what, int newest, byte[] octets) {
        this.what = what;
        this.octets = octets;
        if (octets.length < BODY_AT || form() > newest) {
            throw new StateException("the stored " + what + " "
                    + (octets.length < BODY_AT ? "has " + octets.length + " octets" : "is of form " + form())
                    + ", which this version cannot read (it knows forms up to " + newest
                    + "): run a version at least as new as the one that wrote it.");
        }
    }

    /** The deadline of an entry, without reading the rest of it. */
    public static long deadlineOf(byte[] octets) {
        long deadline = 0;
        for (int i = DEADLINE_AT; i < BODY_AT; i++) {
            deadline = deadline << 8 | (octets[i] & 0xFF);
        }
        return deadline;
    }

    /** Version of the layout. */
    public int form() {
        return octets[0] & 0xFF;
    }

    /** The deadline it was written with, epoch milliseconds. */
    public long deadline() {
        return deadlineOf(octets);
    }

    /** See {@link StateWriter#octet}. */
    public int octet() {
        if (at >= octets.length) {
            throw new StateException("the stored " + what + " ends after " + octets.length
                    + " octets, in the middle of a value: its store is damaged. Delete the state directory; the state"
                    + " comes back from its changelog.");
        }
        return octets[at++] & 0xFF;
    }

    /** See {@link StateWriter#number}. */
    public long number() {
        long value = 0;
        int next;
        int shift = 0;
        do {
            next = octet();
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while ((next & 0x80) != 0 && shift < 64);
        return value >>> 1 ^ -(value & 1);
    }

    /** A number that fits an int. */
    public int count() {
        return Math.toIntExact(number());
    }

    /** See {@link StateWriter#flag}. */
    public boolean flag() {
        return octet() != 0;
    }

    /** See {@link StateWriter#octets}. */
    public byte[] octets() {
        return take(count());
    }

    /** See {@link StateWriter#text}. */
    public @Nullable String text() {
        int length = count();
        return length < 0 ? null : new String(take(length), StandardCharsets.UTF_8);
    }

    /** A text that was not null. */
    public String word() {
        String text = text();
        if (text == null) {
            throw new StateException("the stored " + what + " lacks a value that it must have: its store is damaged.");
        }
        return text;
    }

    /** See {@link StateWriter#list}. */
    public <T> List<T> list(Function<StateReader, T> reader) {
        int size = count();
        List<T> items = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            items.add(reader.apply(this));
        }
        return items;
    }

    /** See {@link StateWriter#map}. */
    public Map<String, String> map() {
        int size = count();
        if (size == 0) {
            return Map.of();
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(word(), word());
        }
        return map;
    }

    /** See {@link StateWriter#failure}. */
    public @Nullable Failure failure() {
        String code = text();
        return code == null ? null : new Failure(FailureCode.valueOf(code), word(), text(), text(), flag());
    }

    /** See {@link StateWriter#headers}. */
    public Headers headers() {
        int size = count();
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < size; i++) {
            headers.add(word(), octets());
        }
        return headers;
    }

    private byte[] take(int length) {
        if (length < 0 || length > octets.length - at) {
            throw new StateException("the stored " + what + " says that " + length + " octets follow where "
                    + (octets.length - at) + " are left: its store is damaged. Delete the state directory; the state"
                    + " comes back from its changelog.");
        }
        at += length;
        return Arrays.copyOfRange(octets, at - length, at);
    }
}
