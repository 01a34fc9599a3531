package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;

/**
 * An account at Clickatell's HTTP API. Immutable.
 *
 * @param apiId of the product within the account
 * @param webhookSecret what callbacks must show
 */
record ClickatellHttpSettings(
        HttpSettings http, String apiId, String user, SecretSource password, UrlSecret webhookSecret) {
    static ClickatellHttpSettings read(Section s) {
        HttpSettings http = HttpSettings.read(s, "https://api.clickatell.com");
        String apiId = s.text("api-id").required();
        String user = s.text("user").required();
        Secret password = s.secret("password").required();
        return new ClickatellHttpSettings(http, apiId, user, s.source("password", password), UrlSecret.read(s));
    }
}
