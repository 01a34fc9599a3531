package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;

/**
 * An account at Clickatell. Immutable.
 *
 * @param dialect which API it sends through
 * @param apiId of the product within the account, where the HTTP API wants it; empty with the platform
 * @param user whose account it is; empty with the platform
 * @param secret the key of the platform's integration, or the user's password
 * @param webhookSecret what callbacks must show
 */
record ClickatellSettings(
        HttpSettings http,
        ClickatellDialect dialect,
        String apiId,
        String user,
        SecretSource secret,
        UrlSecret webhookSecret) {
    static ClickatellSettings read(Section s) {
        ClickatellDialect dialect = s.choice("api", ClickatellDialect.class).orElse(ClickatellDialect.PLATFORM);
        boolean platform = dialect == ClickatellDialect.PLATFORM;
        String secret = platform ? "api-key" : "password";
        return new ClickatellSettings(
                HttpSettings.read(s, dialect.usualUrl()),
                dialect,
                platform ? "" : s.text("api-id").required(),
                platform ? "" : s.text("user").required(),
                s.source(secret, s.secret(secret).required()),
                UrlSecret.read(s));
    }
}
