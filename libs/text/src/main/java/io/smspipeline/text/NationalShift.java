package io.smspipeline.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which national tables a text is written with, as its user data header tells (3GPP TS 23.040 §9.2.3.24.15 and .16).
 *
 * @param single the language whose table replaces the extension table; null for the extension table
 * @param locking the language whose table replaces the default alphabet; null for the default alphabet
 */
public record NationalShift(
        @Nullable NationalLanguage single, @Nullable NationalLanguage locking) {
    /** GSM 03.38 without national tables. */
    public static final NationalShift NONE = new NationalShift(null, null);

    public NationalShift {
        if (locking != null && !locking.hasLockingTable()) {
            throw new IllegalArgumentException(
                    locking + " has no locking shift table in 3GPP TS 23.038: use its single" + " shift table.");
        }
    }

    /** The header elements that tell the handset; none for {@link #NONE}. */
    List<UserDataHeader.Element> elements() {
        List<UserDataHeader.Element> elements = new ArrayList<>(2);
        if (single != null) {
            elements.add(
                    new UserDataHeader.Element(UserDataHeader.SINGLE_SHIFT, new byte[] {(byte) single.identifier()}));
        }
        if (locking != null) {
            elements.add(
                    new UserDataHeader.Element(UserDataHeader.LOCKING_SHIFT, new byte[] {(byte) locking.identifier()}));
        }
        return elements;
    }
}
