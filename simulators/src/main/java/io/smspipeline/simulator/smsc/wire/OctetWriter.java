package io.smspipeline.simulator.smsc.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Builds PDUs one behind another in one growing array. Not safe for use by several threads. */
public final class OctetWriter {
    private byte[] octets;
    private int length;

    public OctetWriter(int capacity) {
        octets = new byte[capacity];
    }

    /** Begins a PDU; {@link #end(int)} takes what this returns. */
    public int begin(int commandId, int status, int sequence) {
        int start = length;
        i32(0);
        i32(commandId);
        i32(status);
        i32(sequence);
        return start;
    }

    /** Ends the PDU begun at {@code start} by writing its command_length. */
    public void end(int start) {
        int size = length - start;
        octets[start] = (byte) (size >> 24);
        octets[start + 1] = (byte) (size >> 16);
        octets[start + 2] = (byte) (size >> 8);
        octets[start + 3] = (byte) size;
    }

    /** A PDU without body: requests like enquire_link, and answers that carry nothing but an error. */
    public void header(int commandId, int status, int sequence) {
        end(begin(commandId, status, sequence));
    }

    public OctetWriter u8(int value) {
        room(1);
        octets[length++] = (byte) value;
        return this;
    }

    public OctetWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public OctetWriter i32(int value) {
        return u16(value >> 16).u16(value);
    }

    /** The characters, one an octet, and a NUL. */
    public OctetWriter cString(String value) {
        int size = value.length();
        room(size + 1);
        for (int i = 0; i < size; i++) {
            octets[length++] = (byte) value.charAt(i);
        }
        octets[length++] = 0;
        return this;
    }

    public OctetWriter octets(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, octets, length, value.length);
        length += value.length;
        return this;
    }

    /** Tag, length, value. */
    public OctetWriter tlv(int tag, byte[] value) {
        return u16(tag).u16(value.length).octets(value);
    }

    /** A TLV of one octet. */
    public OctetWriter tlv8(int tag, int value) {
        return u16(tag).u16(1).u8(value);
    }

    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(octets, length);
    }

    /** The octets written so far, from index 0 to {@link #length()}; not to be written to, and gone with the next write. */
    public byte[] view() {
        return octets;
    }

    /** Writes everything in one call and is empty then. */
    public void drainTo(OutputStream out) throws IOException {
        out.write(octets, 0, length);
        length = 0;
    }

    private void room(int more) {
        if (length + more > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
        }
    }
}
