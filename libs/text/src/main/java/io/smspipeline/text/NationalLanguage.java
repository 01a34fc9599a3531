package io.smspipeline.text;

import org.jspecify.annotations.Nullable;

/** Languages with tables of their own beside GSM 03.38, 3GPP TS 23.038 annex A. A handset must know the table to show it. */
public enum NationalLanguage {
    /** A.2.1 and A.3.1. */
    TURKISH(
            1,
            "47Ğ 49İ 53Ş 63ç 67ğ 69ı 73ş",
            "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ŞşßÉ"
                    + " !\"#¤%&'()*+,-./0123456789:;<=>?"
                    + "İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
                    + "çabcdefghijklmnopqrstuvwxyzäöñüà"),
    /** A.2.2; the standard has no locking shift table for it. */
    SPANISH(2, "09ç 41Á 49Í 4FÓ 55Ú 61á 69í 6Fó 75ú", null),
    /** A.2.3 and A.3.3. */
    PORTUGUESE(
            3,
            "05ê 09ç 0BÔ 0Cô 0EÁ 0Fá 12Φ 13Γ 15Ω 16Π 17Ψ 18Σ 19Θ 1FÊ 41À 49Í 4FÓ 55Ú 5BÃ 5CÕ 61Â 69í 6Fó 75ú 7Bã 7Cõ 7Fâ",
            "@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó| ÂâÊÉ"
                    + " !\"#º%&'()*+,-./0123456789:;<=>?"
                    + "ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§"
                    + "~abcdefghijklmnopqrstuvwxyzãõ`üà");

    private final int identifier;
    private final String single;
    private final @Nullable String locking;

    NationalLanguage(int identifier, String single, @Nullable String locking) {
        this.identifier = identifier;
        this.single = single;
        this.locking = locking;
    }

    /** The value of the header elements, 3GPP TS 23.038 §6.2.1.2.4. */
    public int identifier() {
        return identifier;
    }

    /** Whether it has a table in place of the default alphabet; every language has one in place of the extension table. */
    public boolean hasLockingTable() {
        return locking != null;
    }

    static @Nullable NationalLanguage of(int identifier) {
        for (NationalLanguage language : values()) {
            if (language.identifier == identifier) {
                return language;
            }
        }
        return null;
    }

    /** What the single shift table has beside the extension table: codes in hexadecimal, each with its character. */
    String singleShiftAdditions() {
        return single;
    }

    /** 128 characters in the order of their codes, that of the escape a blank; null when there is no such table. */
    @Nullable
    String lockingTable() {
        return locking;
    }
}
