package io.smspipeline.provider.http;

/** What a provider's refusal asks us to do. */
public enum Remedy {
    /** Nothing was taken: slow down, then the same message again. */
    SLOW_DOWN,
    /** Nothing was taken: the same message again after a while; others go on. */
    LATER,
    /** Nothing was taken, and this message never will be unchanged. */
    NEVER,
    /** The account is not accepted, or has no money: every message would meet it. Stop, and keep the messages. */
    ACCOUNT
}
