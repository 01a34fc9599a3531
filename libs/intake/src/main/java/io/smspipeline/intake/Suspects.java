package io.smspipeline.intake;

/**
 * Unfinished records that may have been worked on without our knowing: all up to an offset, and the first few beyond it. A
 * value.
 *
 * @param through the last offset concerned, whatever was begun; negative for none
 * @param further how many unfinished records beyond that one are concerned too
 * @param lives how many owners in a row left some of the same records unfinished without a last word; 0 for none
 * @param before what lies before this offset and is unfinished was among them each time
 */
public record Suspects(long through, int further, int lives, long before) {
    /** None at all: whoever had the partition before finished what it began, or never began. */
    public static final Suspects NONE = new Suspects(-1, 0);

    /** What one owner left. */
    public Suspects(long through, int further) {
        this(through, further, 0, -1);
    }

    /** What is left of it when all before {@code position} is finished. */
    Suspects from(long position) {
        boolean none = before <= position;
        return new Suspects(through < position ? -1 : through, further, none ? 0 : lives, none ? -1 : before);
    }

    /** How many owners in a row may have worked on an unfinished record that is concerned. */
    int livesOf(long offset) {
        return offset < before ? lives + 1 : 1;
    }
}
