package io.smspipeline.service.health;

/**
 * What one look at something found.
 *
 * @param up whether all is well
 * @param detail a few words for the person on call, without personal data; may be empty
 */
public record Check(boolean up, String detail) {
    /** All is well. */
    public static Check up(String detail) {
        return new Check(true, detail);
    }

    /** Something is wrong. */
    public static Check down(String detail) {
        return new Check(false, detail);
    }
}
