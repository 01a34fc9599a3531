package io.smspipeline.provider.smpp.session;

/** A deliver_sm or data_sm from the SMSC that awaits our answer. Immutable as long as nobody writes to the array. */
public final class Delivery {
    private final int commandId;
    private final int sequence;
    private final byte[] body;

    /** @param body everything behind the header; not to be written to any more */
    public Delivery(int commandId, int sequence, byte[] body) {
        this.commandId = commandId;
        this.sequence = sequence;
        this.body = body;
    }

    int commandId() {
        return commandId;
    }

    int sequence() {
        return sequence;
    }

    /** Whether it is a data_sm, whose body is laid out otherwise (SMPP 3.4 §4.7.1). */
    public boolean isDataSm() {
        return commandId == org.jsmpp.SMPPConstant.CID_DATA_SM;
    }

    /** Everything behind the header; not to be written to. */
    public byte[] body() {
        return body;
    }
}
