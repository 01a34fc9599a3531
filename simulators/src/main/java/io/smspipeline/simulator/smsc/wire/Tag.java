package io.smspipeline.simulator.smsc.wire;

/** TLV tags, SMPP 3.4 §5.3.2. */
public final class Tag {
    public static final int RECEIPTED_MESSAGE_ID = 0x001E;
    public static final int USER_MESSAGE_REFERENCE = 0x0204;
    public static final int SAR_MSG_REF_NUM = 0x020C;
    public static final int SAR_TOTAL_SEGMENTS = 0x020E;
    public static final int SAR_SEGMENT_SEQNUM = 0x020F;
    public static final int SC_INTERFACE_VERSION = 0x0210;
    public static final int MS_AVAILABILITY_STATUS = 0x0422;
    public static final int MESSAGE_PAYLOAD = 0x0424;
    public static final int MESSAGE_STATE = 0x0427;

    private Tag() {}
}
