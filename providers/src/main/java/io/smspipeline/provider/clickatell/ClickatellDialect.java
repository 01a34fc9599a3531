package io.smspipeline.provider.clickatell;

/** Which of Clickatell's APIs an account is for. What comes back is told apart by itself. */
enum ClickatellDialect {
    /** The platform: {@link ClickatellApi}. */
    PLATFORM,
    /** The HTTP API that was there before it: {@link ClickatellHttpApi}. */
    HTTP
}
