package io.smspipeline.simulator.smsc.trace;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import io.smspipeline.simulator.smsc.wire.CommandId;
import io.smspipeline.simulator.smsc.wire.MalformedPduException;
import io.smspipeline.simulator.smsc.wire.OctetReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes PDUs as lines of JSON. A password is written as asterisks, in the octets too. For one thread. */
final class PduLines implements Closeable {
    private static final int HEADER = 16;
    private static final HexFormat HEX = HexFormat.of();

    private final JsonGenerator json;

    PduLines(OutputStream out) throws IOException {
        json = new JsonFactoryBuilder().rootValueSeparator("").build().createGenerator(out);
        json.configure(JsonGenerator.Feature.AUTO_CLOSE_TARGET, false);
    }

    /** One line for each PDU in these octets; what is no PDU is one line to the end. */
    void write(String at, int session, @Nullable String systemId, String direction, byte[] octets) throws IOException {
        int start = 0;
        while (start < octets.length) {
            int left = octets.length - start;
            int length = left < HEADER ? left : new OctetReader(octets, start, start + 4).i32();
            boolean whole = length >= HEADER && length <= left;
            int end = whole ? start + length : octets.length;
            json.writeStartObject();
            json.writeStringField("time", at);
            json.writeNumberField("session", session);
            if (systemId != null) {
                json.writeStringField("systemId", systemId);
            }
            json.writeStringField("direction", direction);
            if (whole) {
                pdu(octets, start, end);
            } else {
                json.writeStringField("malformed", "command_length fits no PDU");
            }
            json.writeStringField("octets", HEX.formatHex(octets, start, end));
            json.writeEndObject();
            json.writeRaw('\n');
            start = end;
        }
    }

    private void pdu(byte[] octets, int start, int end) throws IOException {
        OctetReader in = new OctetReader(octets, start + 4, end);
        int commandId = in.i32();
        int status = in.i32();
        json.writeStringField("command", CommandId.name(commandId));
        json.writeStringField("status", status == 0 ? "0x00" : "0x%02X".formatted(status));
        json.writeNumberField("sequence", in.i32());
        json.writeObjectFieldStart("fields");
        String malformed = null;
        try {
            hidePassword(commandId, octets, start + HEADER, end);
            PduFields.write(commandId, in, json);
        } catch (MalformedPduException e) {
            malformed = String.valueOf(e.getMessage());
        }
        json.writeEndObject();
        if (malformed != null) {
            json.writeStringField("malformed", malformed);
        }
    }

    /** The second field of a bind and of an outbind, SMPP 3.4 §4.1. */
    private static void hidePassword(int commandId, byte[] octets, int body, int end) {
        switch (commandId) {
            case CommandId.BIND_RECEIVER, CommandId.BIND_TRANSMITTER, CommandId.BIND_TRANSCEIVER, CommandId.OUTBIND -> {
                int at = body;
                while (at < end && octets[at] != 0) {
                    at++;
                }
                for (at++; at < end && octets[at] != 0; at++) {
                    octets[at] = '*';
                }
            }
            default -> {
                // Nothing else has one.
            }
        }
    }

    void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
