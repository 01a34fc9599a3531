package io.smspipeline.provider.smpp.trace;

/**
 * One field of a body, by its name in SMPP 3.4 §5.2.
 *
 * @param most octets of a C string that may be seen, without its NUL: a longer one is another field than it seems to be
 */
record Field(String name, Kind kind, int most) {
    /** One whose length does not matter. */
    Field(String name, Kind kind) {
        this(name, kind, Integer.MAX_VALUE);
    }

    /** How it is written, and whether it may be seen. */
    enum Kind {
        OCTET,
        C_STRING,
        /** A C string that names a handset or a sender. */
        ADDRESS,
        /** A C string that nobody may see. */
        PASSWORD,
        /** A length octet and as many octets of content. */
        SHORT_MESSAGE
    }
}
