package io.smspipeline.router.state;

import io.smspipeline.record.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes state. The first octet is the form, so that a later version can read what an earlier one left in a changelog; then
 * eight octets say until when the entry is to be looked at, so that a sweep need not read further. For one thread.
 */
public final class StateWriter {
    private static final byte[] NOTHING = {};

    private byte[] octets = new byte[192];
    private int length;

    /**
     * @param form version of the layout, 0 to 255
     * @param deadline epoch milliseconds; {@link Long#MAX_VALUE} for never
     */
    public StateWriter(int form, long deadline) {
        octet(form);
        for (int shift = 56; shift >= 0; shift -= 8) {
            octet((int) (deadline >>> shift));
        }
    }

    /** One octet. */
    public StateWriter octet(int value) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, length * 2);
        }
        octets[length++] = (byte) value;
        return this;
    }

    /** A number, small ones in few octets. */
    public StateWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            octet((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    /** True or false. */
    public StateWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** Octets with their length. */
    public StateWriter octets(byte[] value) {
        number(value.length);
        return raw(value);
    }

    /** Characters; null stays null. */
    public StateWriter text(@Nullable String value) {
        if (value == null) {
            return number(-1);
        }
        return octets(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A list of anything. */
    public <T> StateWriter list(List<T> items, BiConsumer<StateWriter, T> writer) {
        number(items.size());
        for (T item : items) {
            writer.accept(this, item);
        }
        return this;
    }

    /** A map of texts. */
    public StateWriter map(Map<String, String> map) {
        number(map.size());
        map.forEach((key, value) -> text(key).text(value));
        return this;
    }

    /** A failure; null stays null. */
    public StateWriter failure(@Nullable Failure failure) {
        if (failure == null) {
            return text(null);
        }
        return text(failure.getCode().name())
                .text(failure.getReason())
                .text(failure.getProviderCode())
                .text(failure.getProviderText())
                .flag(failure.getPermanent());
    }

    /** The headers of a record. */
    public StateWriter headers(Headers headers) {
        Header[] all = headers.toArray();
        number(all.length);
        for (Header header : all) {
            text(header.key()).octets(header.value() == null ? NOTHING : header.value());
        }
        return this;
    }

    /** What was written. */
    public byte[] written() {
        return Arrays.copyOf(octets, length);
    }

    private StateWriter raw(byte[] value) {
        if (length + value.length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + value.length));
        }
        System.arraycopy(value, 0, octets, length, value.length);
        length += value.length;
        return this;
    }
}
