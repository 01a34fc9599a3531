package io.smspipeline.provider.vonage;

/** Which of Vonage's two APIs an account sends through. What comes back is told apart by itself. */
enum VonageDialect {
    /** The SMS API: {@link VonageApi}. */
    SMS("https://rest.nexmo.com"),
    /** The Messages API: {@link VonageMessagesApi}. */
    MESSAGES("https://api.nexmo.com");

    private final String usualUrl;

    VonageDialect(String usualUrl) {
        this.usualUrl = usualUrl;
    }

    String usualUrl() {
        return usualUrl;
    }
}
