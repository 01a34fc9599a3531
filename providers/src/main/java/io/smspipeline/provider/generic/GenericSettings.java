package io.smspipeline.provider.generic;

import io.smspipeline.provider.http.HttpSettings;
import io.smspipeline.provider.webhook.UrlSecret;
import io.smspipeline.settings.Secret;
import io.smspipeline.settings.SecretSource;
import io.smspipeline.settings.Section;
import org.jspecify.annotations.Nullable;

/**
 * An account at an API that is described. Immutable.
 *
 * @param user who we are, where the API wants it
 * @param secret what templates call {@code ${secret}}
 * @param callback what they call {@code ${callback}}: where receipts go; empty when nowhere
 * @param request how a message is handed over
 * @param answer what is answered
 * @param accountCheck a question that is answered with 2xx while the account is accepted; null when there is none
 * @param longestText characters it takes; 0: any number
 * @param recognisesRepeats whether it takes a request once that comes twice
 * @param givesReceipts whether receipts come
 * @param callbacks how they are read
 * @param webhookSecret what they must show
 */
record GenericSettings(
        HttpSettings http,
        String user,
        SecretSource secret,
        String callback,
        RequestRules request,
        AnswerRules answer,
        @Nullable RequestRules accountCheck,
        int longestText,
        boolean recognisesRepeats,
        boolean givesReceipts,
        CallbackRules.Both callbacks,
        UrlSecret webhookSecret) {
    static GenericSettings read(Section s) {
        Secret secret = s.secret("secret").orElse(Secret.of(""));
        CallbackRules.Both callbacks = CallbackRules.Both.read(s.section("callbacks"));
        return new GenericSettings(
                HttpSettings.read(s, ""),
                s.text("user").orElse(""),
                s.source("secret", secret),
                s.text("callback").orElse(""),
                RequestRules.read(s.section("request"), "POST"),
                AnswerRules.read(s.section("answer")),
                s.has("account-check") ? RequestRules.read(s.section("account-check"), "GET") : null,
                s.integer("longest-text").atLeast(0).orElse(0),
                s.flag("recognises-repeats").orElse(false),
                s.flag("receipts").orElse(callbacks.status() != null),
                callbacks,
                UrlSecret.read(s));
    }
}
