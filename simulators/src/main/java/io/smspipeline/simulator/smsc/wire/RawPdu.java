package io.smspipeline.simulator.smsc.wire;

/**
 * Any PDU: its header and the octets behind it. Immutable as long as nobody writes to the array; two of them are equal when
 * they are the same one.
 */
public final class RawPdu {
    private final int commandId;
    private final int status;
    private final int sequence;
    private final byte[] body;

    public RawPdu(int commandId, int status, int sequence, byte[] body) {
        this.commandId = commandId;
        this.status = status;
        this.sequence = sequence;
        this.body = body;
    }

    public int commandId() {
        return commandId;
    }

    public int status() {
        return status;
    }

    public int sequence() {
        return sequence;
    }

    /** Not to be written to. */
    public byte[] body() {
        return body;
    }

    /** Reads the fields of the body. */
    public OctetReader reader() {
        return new OctetReader(body, 0, body.length);
    }

    /** The body as that of a submit_sm or deliver_sm. */
    public MessageBody message() {
        return MessageBody.read(reader());
    }

    /** The whole PDU with its header. */
    public byte[] octets() {
        OctetWriter writer = new OctetWriter(16 + body.length);
        int start = writer.begin(commandId, status, sequence);
        writer.octets(body).end(start);
        return writer.toByteArray();
    }

    @Override
    public String toString() {
        return "RawPdu[0x%08X, status 0x%X, sequence %d, %d octets]"
                .formatted(commandId, status, sequence, body.length);
    }
}
