package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;

/**
 * An integration at Clickatell's platform. Immutable.
 *
 * @param apiKey the integration's key
 * @param webhookSecret what callbacks must show
 */
record ClickatellSettings(HttpSettings http, SecretSource apiKey, UrlSecret webhookSecret) {
    static ClickatellSettings read(Section s) {
        HttpSettings http = HttpSettings.read(s, "https://platform.clickatell.com");
        Secret key = s.secret("api-key").required();
        return new ClickatellSettings(http, s.source("api-key", key), UrlSecret.read(s));
    }
}
