package io.smspipeline.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitNoteTest {
    @Test
    void nothing_finished_beyond_the_position_is_the_empty_text() {
        assertThat(CommitNote.NONE.text(42, CommitNote.BUDGET)).isEmpty();
        assertThat(CommitNote.read(42, "")).contains(CommitNote.NONE);
    }

    /** Written by version 0.1; every later version must read it, or work is repeated at an upgrade. */
    @Test
    void notes_of_the_first_version_are_read_for_ever() {
        FinishedSet few = new FinishedSet.Builder().add(101, 103).add(106, 107).build();
        FinishedSet wide = new FinishedSet.Builder().add(1_000_101, 1_500_000).build();

        assertThat(CommitNote.read(100, "intake/1:0:b:Rg")).contains(new CommitNote(0, few));
        assertThat(CommitNote.read(100, "intake/1:0:r:AQIDAQ")).contains(new CommitNote(0, few));
        assertThat(CommitNote.read(100, new CommitNote(0, wide).text(100, CommitNote.BUDGET)))
                .contains(new CommitNote(0, wide));
        assertThat(new CommitNote(0, few).text(100, CommitNote.BUDGET)).isEqualTo("intake/1:0:b:Rg");
    }

    @Test
    void flags_travel_with_and_without_a_set() {
        FinishedSet some = new FinishedSet.Builder().add(9, 12).build();

        assertThat(CommitNote.read(7, new CommitNote(0x5, some).text(7, CommitNote.BUDGET)))
                .contains(new CommitNote(0x5, some));
        assertThat(CommitNote.read(7, new CommitNote(~0, FinishedSet.NONE).text(7, CommitNote.BUDGET)))
                .contains(new CommitNote(~0, FinishedSet.NONE));
    }

    @Test
    void any_set_within_the_span_fits_what_a_broker_accepts_and_comes_back_whole() {
        Random random = Seeds.random("any_set_within_the_span_fits");
        for (int round = 0; round < 400; round++) {
            long committed = random.nextLong(1L << 40);
            int span = 2 + random.nextInt(20_000);
            FinishedSet set = random(random, committed, span);

            String text = new CommitNote(0, set).text(committed, CommitNote.BUDGET);

            assertThat(text.length()).isLessThanOrEqualTo(CommitNote.BUDGET);
            assertThat(CommitNote.read(committed, text)).contains(new CommitNote(0, set));
        }
    }

    @Test
    void the_worst_set_of_the_widest_span_fits() {
        FinishedSet.Builder everySecond = new FinishedSet.Builder();
        for (int i = 1; i < CommitNote.WIDEST_BITMAP; i += 2) {
            everySecond.add(i, i + 1);
        }
        FinishedSet set = everySecond.build();

        String text = new CommitNote(~0, set).text(0, CommitNote.BUDGET);

        assertThat(text.length()).isLessThanOrEqualTo(CommitNote.BUDGET);
        assertThat(CommitNote.read(0, text)).contains(new CommitNote(~0, set));
    }

    @Test
    void what_does_not_fit_is_left_out_from_its_far_end_and_nothing_is_made_up() {
        Random random = Seeds.random("what_does_not_fit_is_left_out");
        for (int round = 0; round < 400; round++) {
            int budget = random.nextInt(200);
            FinishedSet set = random(random, 1_000, 2 + random.nextInt(60_000));

            String text = new CommitNote(0, set).text(1_000, budget);

            assertThat(text.length()).isLessThanOrEqualTo(budget);
            FinishedSet kept = CommitNote.read(1_000, text).orElseThrow().finished();
            long end =
                    kept.isEmpty() ? 0 : kept.runs().get(kept.runs().size() - 1).end();
            for (FinishedSet.Run run : set.runs()) {
                for (long offset = run.start(); offset < run.end(); offset += 1 + random.nextInt(9)) {
                    assertThat(kept.contains(offset)).isEqualTo(offset < end);
                }
            }
            assertThat(kept.runs()).allMatch(run -> set.contains(run.start()) && set.contains(run.end() - 1));
            assertThat(kept.size()).isLessThanOrEqualTo(set.size());
        }
    }

    @Test
    void pieces_travel_with_and_without_a_set_of_finished_records() {
        BitSet two = new BitSet();
        two.set(0);
        two.set(254);
        Pieces pieces = Pieces.of(Map.of(7L, two, 9L, BitSet.valueOf(new long[] {1})));
        FinishedSet some = new FinishedSet.Builder().add(10, 12).build();

        for (CommitNote note : List.of(
                new CommitNote(0, FinishedSet.NONE, pieces, Suspects.NONE),
                new CommitNote(3, some, pieces, new Suspects(7, 40)),
                new CommitNote(0, some, Pieces.NONE, new Suspects(-1, 1)),
                new CommitNote(0, some, Pieces.NONE, new Suspects(1_000, 40, 3, 900)),
                new CommitNote(0, FinishedSet.NONE, Pieces.NONE, new Suspects(1_000_000, 0)))) {
            assertThat(CommitNote.read(7, note.text(7, CommitNote.BUDGET))).contains(note);
        }
    }

    @Test
    void pieces_never_cost_a_finished_record_its_place() {
        Random random = Seeds.random("pieces_never_cost_a_finished_record_its_place");
        Map<Long, BitSet> many = new HashMap<>();
        for (long offset = 0; offset < 16_000; offset += 2) {
            many.put(offset, BitSet.valueOf(new long[] {1 + random.nextInt(14)}));
        }
        FinishedSet.Builder everySecond = new FinishedSet.Builder();
        for (int i = 1; i < IntakeSettings.DEFAULT_SPAN; i += 2) {
            everySecond.add(i, i + 1);
        }
        CommitNote note = new CommitNote(
                ~0, everySecond.build(), Pieces.of(many), new Suspects(Long.MAX_VALUE / 2, Integer.MAX_VALUE));

        String text = note.text(0, CommitNote.BUDGET);

        assertThat(text.length()).isLessThanOrEqualTo(CommitNote.BUDGET);
        CommitNote read = CommitNote.read(0, text).orElseThrow();
        assertThat(read.finished()).isEqualTo(note.finished());
        assertThat(read.pieces().of(0)).isEqualTo(many.get(0L));
        assertThat(read.pieces().of(300)).isEqualTo(many.get(300L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "written by somebody else",
                "intake/2:0:b:Rg",
                "intake/1:",
                "intake/1:0:b",
                "intake/1:0:x:Rg",
                "intake/1:zz:b:Rg",
                "intake/1:0:b:!!",
                "intake/1:0:b:Rg:!!",
                "intake/1:0:b:Rg:AAQ",
                "intake/1:0:b:Rg:gA",
                "intake/1:0:b:Rg::",
                "intake/1:0:b:Rg::1",
                "intake/1:0:b:Rg::1.-1",
                "intake/1:0:b:Rg::7fffffffffffffff.1",
                "intake/1:0:b:Rg::1.1:1",
                "intake/1:0:r:AQ",
                "intake/1:0:r:gA",
                "intake/1:0:r:____________",
                "intake/1:0:r:f_________9_f_________9_f_________9_fw"
            })
    void what_is_not_ours_or_damaged_is_told_apart(String text) {
        assertThat(CommitNote.read(Long.MAX_VALUE - 5, text)).isEmpty();
    }

    @Test
    void no_text_makes_reading_fail() {
        Random random = Seeds.random("no_text_makes_reading_fail");
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text =
                    new StringBuilder(new CommitNote(0, random(random, 10, 2 + random.nextInt(300))).text(10, 4096));
            for (int changes = random.nextInt(4); changes >= 0 && !text.isEmpty(); changes--) {
                text.setCharAt(random.nextInt(text.length()), (char) (' ' + random.nextInt(95)));
            }
            CommitNote.read(10, text.toString());
        }
    }

    @Test
    void a_note_tells_of_offsets_beyond_the_position_only() {
        CommitNote note = new CommitNote(0, new FinishedSet.Builder().add(5, 9).build());

        assertThatThrownBy(() -> note.text(5, CommitNote.BUDGET)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> note.text(7, CommitNote.BUDGET)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FinishedSet random(Random random, long committed, int span) {
        FinishedSet.Builder set = new FinishedSet.Builder();
        // From long runs to a bit here and there.
        int longest = 1 + random.nextInt(random.nextBoolean() ? 3 : 500);
        long at = committed + 1 + random.nextInt(longest);
        while (at < committed + span) {
            long end = Math.min(committed + span, at + 1 + random.nextInt(longest));
            set.add(at, end);
            at = end + 1 + random.nextInt(longest);
        }
        return set.build();
    }
}
