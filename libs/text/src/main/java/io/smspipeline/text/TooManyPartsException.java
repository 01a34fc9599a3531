package io.smspipeline.text;

/** The text needs more parts than are allowed. */
public final class TooManyPartsException extends TextRefusedException {
    private static final long serialVersionUID = 1L;

    private final int needed;
    private final int allowed;

    TooManyPartsException(int needed, int allowed, int units, Encoding encoding) {
        super("text needs at least " + needed + " parts (" + units + " " + encoding.unitName() + " of " + encoding
                + ") and at most " + allowed + " are allowed: shorten it"
                + (encoding == Encoding.UCS2 ? ", leave out characters outside GSM 03.38," : "")
                + (allowed < TextEncoder.MAX_PARTS ? " or raise maxParts." : "."));
        this.needed = needed;
        this.allowed = allowed;
    }

    /** Parts needed, at least. */
    public int needed() {
        return needed;
    }

    /** Parts allowed, 1..255. */
    public int allowed() {
        return allowed;
    }
}
