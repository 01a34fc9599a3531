package io.smspipeline.provider.smpp;

import org.jspecify.annotations.Nullable;

/** What a failed bind says about the account. */
enum Refusal {
    /** The link failed, or the SMSC had trouble of its own: nothing about the account. */
    NONE,
    /** A former session of ours still counts there (ESME_RALYBND), which passes. */
    ALREADY_BOUND,
    /** Too many binds, or an address that may not bind: the SMSC does not say which (ESME_RBINDFAIL). */
    NOT_NOW,
    /** Password, system_id or system_type is wrong: no bind of the account can succeed. */
    CREDENTIALS;

    /** @param status of the answer to the bind; null when there was none */
    static Refusal of(@Nullable Integer status) {
        if (status == null) {
            return NONE;
        }
        return switch (status) {
            case 0x05 -> ALREADY_BOUND;
            case 0x0D -> NOT_NOW;
            case 0x0E, 0x0F, 0x53 -> CREDENTIALS;
            default -> NONE;
        };
    }
}
