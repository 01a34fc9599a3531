package io.smspipeline.text;

/** Which encoding a sender asks for. */
public enum EncodingChoice {
    /** GSM7 when every character is in the default alphabet or its extension table, else UCS2. */
    AUTO,
    /** GSM7 or a refusal. */
    GSM7,
    /** UCS2 also where GSM7 would do. */
    UCS2,
    /** ISO 8859-1 or a refusal. */
    LATIN1
}
