package io.smspipeline.provider.webhook;

import io.smspipeline.settings.Secret;
import io.smspipeline.settings.Section;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider that signs nothing is made to show: a parameter of the address it was given.
 *
 * @param expected empty when none was agreed upon
 */
public record UrlSecret(Secret expected) implements Seal {
    /** The parameter's name. */
    public static final String PARAMETER = "secret";

    /** Reads {@code webhook-secret}. Faults are recorded in the section. */
    public static UrlSecret read(Section section) {
        return new UrlSecret(section.secret("webhook-secret").orElse(Secret.of("")));
    }

    @Override
    public String proof() {
        return expected.isEmpty() ? "" : "the parameter " + PARAMETER + " of the address";
    }

    @Override
    public Finding check(WebhookRequest request, Instant now) {
        String missing = expected.isEmpty() ? null : missingIn(request);
        return missing == null ? new Finding.Genuine("") : new Finding.Forged(missing);
    }

    private @Nullable String missingIn(WebhookRequest request) {
        String told;
        try {
            told = Parameters.ofForm(request.query()).orEmpty(PARAMETER);
        } catch (IllegalArgumentException e) {
            return "its query cannot be read";
        }
        if (told.isEmpty()) {
            return "its address has no " + PARAMETER;
        }
        return Proof.same(expected.reveal(), told) ? null : "the " + PARAMETER + " in its address is wrong";
    }
}
