package io.smspipeline.router.routing;

/** What kind of line a number belongs to, as its numbering plan says; a ported number may be of another kind by now. */
public enum NumberType {
    MOBILE,
    FIXED_LINE,
    VOIP,
    TOLL_FREE,
    PREMIUM_RATE,
    SHARED_COST,
    PERSONAL_NUMBER,
    PAGER,
    UAN,
    VOICEMAIL,
    /** The plan does not know it. */
    UNKNOWN
}
