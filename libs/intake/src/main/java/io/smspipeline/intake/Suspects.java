package io.smspipeline.intake;

/**
 * Unfinished records that may have been worked on without our knowing: all up to an offset, and the first few beyond it. A
 * value.
 *
 * @param through the last offset concerned, whatever was begun; negative for none
 * @param further how many unfinished records beyond that one are concerned too
 */
public record Suspects(long through, int further) {
    /** None at all: whoever had the partition before finished what it began, or never began. */
    public static final Suspects NONE = new Suspects(-1, 0);

    /** What is left of it when all before {@code position} is finished. */
    Suspects from(long position) {
        return through < position ? new Suspects(-1, further) : this;
    }
}
