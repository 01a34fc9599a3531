package io.smspipeline.settings;

/** Whether logs may show whose handset it was and what was written. Configured by {@code log.personal-data}. */
public enum PersonalData {
    /** Numbers lose their middle, texts all but their length. */
    MASKED,
    /** Everything is shown: for a machine of one's own. */
    SHOWN;

    private static final int SHOWN_DIGITS = 8;
    private static final int LEAST_HIDDEN = 5;

    /**
     * A handset's number as a log may show it: {@code +447700900123} is {@code +4477*****123}, still enough to tell country
     * and network and to recognise a number one already has. At least five characters are hidden.
     */
    public String msisdn(String number) {
        if (this == SHOWN) {
            return number;
        }
        int length = number.length();
        int hidden = Math.min(length, Math.max(LEAST_HIDDEN, length - SHOWN_DIGITS));
        int tail = Math.min(3, (length - hidden + 1) / 2);
        int head = length - hidden - tail;
        return number.substring(0, head) + "*".repeat(hidden) + number.substring(length - tail);
    }

    /** A message's text as a log may show it: {@code [5 characters]}. */
    public String text(String text) {
        return this == SHOWN ? text : "[" + text.codePointCount(0, text.length()) + " characters]";
    }
}
