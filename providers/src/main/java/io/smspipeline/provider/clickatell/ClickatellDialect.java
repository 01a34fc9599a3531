package io.smspipeline.provider.clickatell;

/** Which of Clickatell's APIs an account sends through. What comes back is told apart by itself. */
enum ClickatellDialect {
    /** The platform: {@link ClickatellApi}. */
    PLATFORM("https://platform.clickatell.com"),
    /** The HTTP API that was there before it: {@link ClickatellHttpApi}. */
    HTTP("https://api.clickatell.com");

    private final String usualUrl;

    ClickatellDialect(String usualUrl) {
        this.usualUrl = usualUrl;
    }

    String usualUrl() {
        return usualUrl;
    }
}
