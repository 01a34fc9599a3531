package io.smspipeline.provider.smpp.submit;

/** What a command_status asks us to do. */
public enum StatusClass {
    /** Taken. */
    OK,
    /** Not taken: slow down, then the same message again. */
    THROTTLE,
    /** Not taken: the same message again after a while; others go on. */
    LATER,
    /** Not taken, and never will be unchanged. */
    PERMANENT,
    /** The account or the bind is not accepted. */
    BIND,
    /** The two sides do not understand each other any more: connect anew. */
    LINK,
    /** As {@link #PERMANENT}, and every message of the kind will fail: somebody must look at the settings. */
    CONFIG
}
