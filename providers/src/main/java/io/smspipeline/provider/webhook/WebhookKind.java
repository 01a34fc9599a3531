package io.smspipeline.provider.webhook;

import java.util.Locale;
import java.util.Optional;

/** What an address is for: the last word of its path. */
public enum WebhookKind {
    /** Messages from handsets. */
    IM,
    /** What became of messages of ours. */
    STATUS;

    /** As it stands in the path. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this word; empty when there is none. */
    public static Optional<WebhookKind> of(String word) {
        for (WebhookKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
