package io.smspipeline.provider.vonage;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An account at Vonage. Immutable.
 *
 * @param dialect which API it sends through
 * @param apiKey the account's key
 * @param apiSecret what requests are authenticated with
 * @param signing how its callbacks are told from forgeries
 * @param callback where receipts go; null: where the account's settings say
 */
record VonageSettings(
        HttpSettings http,
        VonageDialect dialect,
        String apiKey,
        SecretSource apiSecret,
        VonageSigning signing,
        @Nullable URI callback) {
    VonageSettings calledBackAt(URI address) {
        return new VonageSettings(http, dialect, apiKey, apiSecret, signing, address);
    }

    static VonageSettings read(Section s) {
        VonageDialect dialect = s.choice("api", VonageDialect.class).orElse(VonageDialect.SMS);
        HttpSettings http = HttpSettings.read(s, dialect.usualUrl());
        String key = s.text("api-key").required();
        Secret secret = s.secret("api-secret").required();
        return new VonageSettings(
                http,
                dialect,
                key,
                s.source("api-secret", secret),
                VonageSigning.read(s),
                s.uri("callback").orNull());
    }
}
