package io.smspipeline.provider.bulksms;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;
import java.net.URI;

/**
 * An account at BulkSMS. Immutable.
 *
 * @param tokenId an API token's id, or a user's name
 * @param tokenSecret its secret, or the user's password
 * @param webhookSecret what callbacks must show
 */
record BulkSmsSettings(HttpSettings http, String tokenId, SecretSource tokenSecret, UrlSecret webhookSecret) {
    private static final String VERSION = "/v1";

    static BulkSmsSettings read(Section s) {
        HttpSettings http = HttpSettings.read(s, "https://api.bulksms.com/v1");
        String id = s.text("token-id").required();
        Secret secret = s.secret("token-secret").required();
        return new BulkSmsSettings(http, id, s.source("token-secret", secret), UrlSecret.read(s));
    }

    /** A resource; a base-url that is a host alone means version 1 there. */
    URI at(String path) {
        String root = http.baseUrl().getRawPath();
        return http.at((root == null || root.isEmpty() ? VERSION : "") + path);
    }
}
