package io.smspipeline.intake;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;

/**
 * What is written beside a committed offset: which offsets beyond it are done already. A note is text of at most
 * {@link #BUDGET} characters, since a broker refuses metadata beyond {@code offset.metadata.max.bytes} (4096 by default).
 *
 * <p>Form: {@code intake/1:<flags, hexadecimal>:<b or r>:<base64url>}. {@code b} is a bitmap in which bit i, lowest bit of the
 * first octet first, stands for offset committed + i; {@code r} are runs as LEB128 numbers: how many offsets from the
 * committed one on are not done, how many then are, how many then are not, and so on. The shorter of the two is written. An
 * empty set without flags is the empty text. A fourth field, base64url too and absent when there is nothing to tell, says
 * which pieces of unfinished records are done ({@link Pieces}). A fifth one, hexadecimal {@code <through - committed>.<further>},
 * with {@code .<lives>.<before - committed>} where that is not for the first time, and absent for none, tells of {@link Suspects}. Immutable; safe for use by many threads.
 *
 * @param flags bits whose meaning later versions may give; 0 for now. Bits a reader does not know are kept apart from the
 *     set, so that a new flag does not make old readers repeat work
 * @param finished offsets beyond the committed one
 * @param pieces what is done of records that are not finished, at or beyond the committed offset
 * @param suspects which unfinished records may have been worked on
 */
public record CommitNote(int flags, FinishedSet finished, Pieces pieces, Suspects suspects) {
    /** Nothing to say. */
    public static final CommitNote NONE = new CommitNote(0, FinishedSet.NONE);

    /** Of finished records only. */
    public CommitNote(int flags, FinishedSet finished) {
        this(flags, finished, Pieces.NONE, Suspects.NONE);
    }

    /** Characters a note takes at most. */
    public static final int BUDGET = 4096;

    private static final String OURS = "intake/";
    private static final String VERSION = OURS + "1:";

    /** Characters that pieces take at most: what the widest span needs for its finished set is left free. */
    private static final int PIECES_BUDGET = 1_100;

    /** How many offsets one bitmap can speak of: any set within so many offsets of the committed one fits the budget. */
    static final int WIDEST_BITMAP = octetsIn(BUDGET - head(~0, 'b').length()) * Byte.SIZE;

    /**
     * The text to commit with {@code committed}.
     *
     * @param budget most characters it may take; when they do not suffice, the furthest finished offsets are left out, and
     *     will be done again if the partition moves before the gap closes
     */
    public String text(long committed, int budget) {
        if (!finished.from(committed).equals(finished) || finished.contains(committed)) {
            throw new IllegalArgumentException("finished are " + finished + " and committed is " + committed
                    + ": a note tells of offsets beyond the committed one only");
        }
        String suspected = suspectsText(committed);
        String told = piecesText(committed, budget - suspected.length());
        String more = suspected.isEmpty() ? told : (told.isEmpty() ? ":" : told) + suspected;
        return more.isEmpty() || head(flags, 'r').length() + more.length() > budget
                ? setText(committed, budget)
                : withMore(committed, budget, more);
    }

    private String withMore(long committed, int budget, String more) {
        String set = setText(committed, budget - more.length());
        return (set.isEmpty() ? head(flags, 'r') : set) + more;
    }

    private String suspectsText(long committed) {
        Suspects left = suspects.from(committed);
        if (left.equals(Suspects.NONE)) {
            return "";
        }
        String once = ":" + Long.toHexString(left.through() < 0 ? 0 : left.through() - committed + 1) + "."
                + Integer.toHexString(left.further());
        return left.lives() == 0
                ? once
                : once + "." + Integer.toHexString(left.lives()) + "." + Long.toHexString(left.before() - committed);
    }

    /** @throws IllegalArgumentException or {@link ArithmeticException} when it is damaged */
    private static Suspects suspects(long committed, String text) {
        String[] numbers = text.split("\\.", -1);
        if (numbers.length != 2 && numbers.length != 4) {
            throw new IllegalArgumentException("no suspects: " + text);
        }
        long length = Long.parseLong(numbers[0], 16);
        int further = Integer.parseInt(numbers[1], 16);
        int lives = numbers.length == 2 ? 0 : Integer.parseInt(numbers[2], 16);
        long before = numbers.length == 2 ? 0 : Long.parseLong(numbers[3], 16);
        if (length < 0 || further < 0 || lives < 0 || before < 0) {
            throw new IllegalArgumentException("negative suspects: " + text);
        }
        return new Suspects(
                length == 0 ? -1 : Math.addExact(committed, length - 1),
                further,
                lives,
                lives == 0 ? -1 : Math.addExact(committed, before));
    }

    private String piecesText(long committed, int budget) {
        int room = Math.min(PIECES_BUDGET, budget - head(flags, 'r').length()) - 1;
        byte[] octets = pieces.isEmpty() ? new byte[0] : pieces.octets(committed, octetsIn(room));
        return octets.length == 0 ? "" : ":" + text(octets);
    }

    private String setText(long committed, int budget) {
        if (finished.isEmpty()) {
            return flags == 0 || head(flags, 'r').length() > budget ? "" : head(flags, 'r');
        }
        int octets = octetsIn(budget - head(flags, 'r').length());
        Encoded runs = runs(committed, octets);
        Encoded bits = bits(committed, octets);
        Encoded best = bits.covered != runs.covered
                ? (bits.covered > runs.covered ? bits : runs)
                : (bits.octets.length < runs.octets.length ? bits : runs);
        if (best.covered == 0) {
            return new CommitNote(flags, FinishedSet.NONE).setText(committed, budget);
        }
        return head(flags, best.kind) + text(best.octets);
    }

    private static String text(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /**
     * Reads a note.
     *
     * @param committed the offset it was committed with
     * @param text as committed
     * @return empty when the text is not ours, of a version we do not know, or damaged: then nothing beyond {@code committed}
     *     may be taken for done
     */
    public static Optional<CommitNote> read(long committed, String text) {
        if (text.isEmpty()) {
            return Optional.of(NONE);
        }
        if (!text.startsWith(VERSION)) {
            return Optional.empty();
        }
        String[] fields = text.substring(VERSION.length()).split(":", -1);
        if (fields.length < 3 || fields.length > 5) {
            return Optional.empty();
        }
        try {
            int flags = Integer.parseUnsignedInt(fields[0], 16);
            byte[] octets = Base64.getUrlDecoder().decode(fields[2]);
            Pieces pieces = fields.length == 3
                    ? Pieces.NONE
                    : Pieces.read(committed, Base64.getUrlDecoder().decode(fields[3]));
            Suspects suspects = fields.length < 5 ? Suspects.NONE : suspects(committed, fields[4]);
            return switch (fields[1]) {
                case "b" -> Optional.of(new CommitNote(flags, fromBits(committed, octets), pieces, suspects));
                case "r" -> Optional.of(new CommitNote(flags, fromRuns(committed, octets), pieces, suspects));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | ArithmeticException damaged) {
            return Optional.empty();
        }
    }

    private static String head(int flags, char kind) {
        return VERSION + Integer.toHexString(flags) + ":" + kind + ":";
    }

    /** How many octets base64 without padding carries in so many characters. */
    private static int octetsIn(int characters) {
        return Math.max(0, characters) * 3 / 4;
    }

    private Encoded bits(long committed, int most) {
        long widest = (long) most * Byte.SIZE;
        BitSet bits = new BitSet();
        long covered = 0;
        for (FinishedSet.Run run : finished.runs()) {
            long from = Math.min(run.start() - committed, widest);
            long to = Math.min(run.end() - committed, widest);
            bits.set((int) from, (int) to);
            covered += to - from;
        }
        return new Encoded('b', bits.toByteArray(), covered);
    }

    private Encoded runs(long committed, int most) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        long covered = 0;
        long last = committed;
        for (FinishedSet.Run run : finished.runs()) {
            byte[] next = numbers(run.start() - last, run.end() - run.start());
            if (octets.size() + next.length > most) {
                break;
            }
            octets.writeBytes(next);
            covered += run.end() - run.start();
            last = run.end();
        }
        return new Encoded('r', octets.toByteArray(), covered);
    }

    private static byte[] numbers(long... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long value : values) {
            Leb128.write(out, value);
        }
        return out.toByteArray();
    }

    private static FinishedSet fromBits(long committed, byte[] octets) {
        BitSet bits = BitSet.valueOf(octets);
        FinishedSet.Builder set = new FinishedSet.Builder();
        for (int from = bits.nextSetBit(0); from >= 0; ) {
            int to = bits.nextClearBit(from);
            set.add(committed + from, committed + to);
            from = bits.nextSetBit(to);
        }
        return set.build();
    }

    private static FinishedSet fromRuns(long committed, byte[] octets) {
        FinishedSet.Builder set = new FinishedSet.Builder();
        long offset = committed;
        boolean finished = false;
        Leb128 in = new Leb128(octets);
        while (in.hasMore()) {
            long number = in.number();
            long start = offset;
            offset = Math.addExact(offset, number);
            if (finished) {
                set.add(start, offset);
            }
            finished = !finished;
        }
        if (finished) {
            throw new IllegalArgumentException("the note ends within a run");
        }
        return set.build();
    }

    private static final class Encoded {
        final char kind;
        final byte[] octets;
        /** How many finished offsets it tells of. */
        final long covered;

        Encoded(char kind, byte[] octets, long covered) {
            this.kind = kind;
            this.octets = octets;
            this.covered = covered;
        }
    }
}
