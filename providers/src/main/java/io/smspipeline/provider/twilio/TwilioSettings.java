package io.smspipeline.provider.twilio;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * An account at Twilio. Immutable.
 *
 * @param accountSid AC and 32 hexadecimal digits
 * @param authToken what requests are authenticated with unless there is an API key, and what Twilio signs webhooks with
 * @param apiKey SK and 32 hexadecimal digits; empty: the account's SID and token are used
 * @param messagingServiceSid MG and 32 hexadecimal digits: senders are chosen by that service where a message names none;
 *     empty: {@code from} is the default sender
 * @param statusCallback where Twilio reports what became of a message; null: where the messaging service says, if at all
 */
record TwilioSettings(
        HttpSettings http,
        String accountSid,
        SecretSource authToken,
        String apiKey,
        SecretSource apiKeySecret,
        String messagingServiceSid,
        @Nullable URI statusCallback) {
    TwilioSettings calledBackAt(URI address) {
        return new TwilioSettings(http, accountSid, authToken, apiKey, apiKeySecret, messagingServiceSid, address);
    }

    static TwilioSettings read(Section s) {
        HttpSettings http = HttpSettings.read(s, "https://api.twilio.com");
        String account = s.text("account-sid")
                .matching(text -> text.matches("AC[0-9A-Za-z]{1,64}"), "an account SID: AC and 32 hexadecimal digits")
                .required();
        Secret token = s.secret("auth-token").required();
        String key = s.text("api-key")
                .matching(text -> text.matches("SK[0-9A-Za-z]{1,64}"), "an API key's SID: SK and 32 hexadecimal digits")
                .orElse("");
        Secret keySecret = key.isEmpty()
                ? s.secret("api-key-secret").orElse(Secret.of(""))
                : s.secret("api-key-secret").required();
        String service = s.text("messaging-service-sid")
                .matching(text -> text.matches("MG[0-9A-Za-z]{1,64}"), "a service SID: MG and 32 hexadecimal digits")
                .orElse("");
        return new TwilioSettings(
                http,
                account,
                s.source("auth-token", token),
                key,
                s.source("api-key-secret", keySecret),
                service,
                s.uri("status-callback").orNull());
    }
}
