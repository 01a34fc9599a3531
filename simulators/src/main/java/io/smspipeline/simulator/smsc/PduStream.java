package io.smspipeline.simulator.smsc;

import io.smspipeline.simulator.smsc.wire.OctetReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** PDUs as they come out of a socket, in whatever pieces. For one thread. */
final class PduStream {
    private static final int HEADER = 16;
    /** message_payload may have 64 KiB; more is a stream out of step. */
    private static final int LONGEST_PDU = 70_000;

    private static final int MOST_READ_AT_ONCE = 64 * 1024;

    private byte[] buffer = new byte[MOST_READ_AT_ONCE];
    private int taken;
    private int end;

    /** Reads what is there, or waits for it; what was taken before is gone. @return false at the end of the stream */
    boolean fill(InputStream in) throws IOException {
        end -= taken;
        System.arraycopy(buffer, taken, buffer, 0, end);
        taken = 0;
        if (end >= 4 && length(0) > buffer.length) {
            buffer = Arrays.copyOf(buffer, LONGEST_PDU);
        }
        int more = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, more);
        return more >= 0;
    }

    /** The next whole PDU from its command_id on; null when the rest has not come, or is out of step. */
    @Nullable
    OctetReader next() {
        if (end - taken < HEADER || isOutOfStep() || end - taken < length(taken)) {
            return null;
        }
        int start = taken;
        taken += length(start);
        return new OctetReader(buffer, start + 4, taken);
    }

    /** Whether what comes next has no length that a PDU can have. */
    boolean isOutOfStep() {
        return end - taken >= HEADER && isOutOfStep(taken);
    }

    private boolean isOutOfStep(int at) {
        return length(at) < HEADER || length(at) > LONGEST_PDU;
    }

    private int length(int at) {
        return new OctetReader(buffer, at, at + 4).i32();
    }

    /** What was read, from index 0; not to be written to. */
    byte[] octets() {
        return buffer;
    }

    /** Where the PDUs end that are whole; behind all that was read when they are out of step. */
    int whole() {
        int at = taken;
        while (end - at >= HEADER) {
            if (isOutOfStep(at)) {
                return end;
            }
            if (end - at < length(at)) {
                return at;
            }
            at += length(at);
        }
        return at;
    }
}
