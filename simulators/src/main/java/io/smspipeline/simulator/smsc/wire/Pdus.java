package io.smspipeline.simulator.smsc.wire;

/** Whole PDUs as octets, for scripts that answer by hand. */
public final class Pdus {
    private Pdus() {}

    /** A PDU without body. */
    public static byte[] header(int commandId, int status, int sequence) {
        return new RawPdu(commandId, status, sequence, new byte[0]).octets();
    }

    /**
     * The answer to any of the three binds.
     *
     * @param interfaceVersion value of sc_interface_version, of whatever sense; negative leaves the TLV away
     */
    public static byte[] bindResp(RawPdu bind, String systemId, int interfaceVersion) {
        OctetWriter out = new OctetWriter(64);
        int start = out.begin(bind.commandId() | CommandId.RESPONSE, CommandStatus.OK, bind.sequence());
        out.cString(systemId);
        if (interfaceVersion >= 0) {
            out.tlv8(Tag.SC_INTERFACE_VERSION, interfaceVersion);
        }
        out.end(start);
        return out.toByteArray();
    }

    /** An accepted submit_sm. The id may be longer than SMPP allows. */
    public static byte[] submitSmResp(int sequence, String messageId) {
        OctetWriter out = new OctetWriter(64);
        int start = out.begin(CommandId.SUBMIT_SM_RESP, CommandStatus.OK, sequence);
        out.cString(messageId).end(start);
        return out.toByteArray();
    }

    /** A deliver_sm. */
    public static byte[] deliverSm(int sequence, MessageBody body) {
        OctetWriter out = new OctetWriter(256);
        int start = out.begin(CommandId.DELIVER_SM, CommandStatus.OK, sequence);
        body.write(out);
        out.end(start);
        return out.toByteArray();
    }

    /** A header that lies: this command_length and no more octets than the header's 16. */
    public static byte[] withCommandLength(int commandLength, int commandId, int status, int sequence) {
        return new OctetWriter(16)
                .i32(commandLength)
                .i32(commandId)
                .i32(status)
                .i32(sequence)
                .toByteArray();
    }
}
