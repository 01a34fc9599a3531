package io.smspipeline.sender.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.sender.fixture.Messages;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** In what order messages leave. */
class LanesTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final Lanes lanes = new Lanes();
    private final Tenure tenure = new Tenure(PARTITION);
    private final Unrecorded unrecorded = new Unrecorded(100);

    private Handover add(String id, Lane lane) {
        return add(Messages.routed(id), lane);
    }

    private Handover add(RoutedMessage routed, Lane lane) {
        Handover handover = Messages.handover(routed, lane, tenure, unrecorded);
        lanes.add(handover);
        return handover;
    }

    private Attempt leave() {
        Attempt attempt = lanes.first(0, parts -> true);
        if (attempt != null) {
            lanes.remove(attempt);
            attempt.handover().claim();
        }
        return attempt;
    }

    private String leaves() {
        Attempt attempt = leave();
        return attempt == null
                ? "nothing"
                : attempt.handover().messageId() + "/" + attempt.submission().number();
    }

    private List<String> leave(int count) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            left.add(leaves());
        }
        return left;
    }

    @Test
    void high_goes_first_whenever_it_comes() {
        add("low", Lane.LOW);
        add("normal1", Lane.NORMAL);
        add("normal2", Lane.NORMAL);
        add("high1", Lane.HIGH);
        assertThat(leave(2)).containsExactly("high1/1", "normal1/1");
        add("high2", Lane.HIGH);

        assertThat(leave(4)).containsExactly("high2/1", "normal2/1", "low/1", "nothing");
    }

    @Test
    void low_gets_one_turn_in_five() {
        for (int i = 1; i <= 8; i++) {
            add("n" + i, Lane.NORMAL);
        }
        add("l1", Lane.LOW);
        add("l2", Lane.LOW);

        assertThat(leave(10))
                .containsExactly("n1/1", "n2/1", "n3/1", "n4/1", "l1/1", "n5/1", "n6/1", "n7/1", "n8/1", "l2/1");
    }

    @Test
    void what_cannot_leave_takes_no_turn() {
        add("n1", Lane.NORMAL);
        add("l1", Lane.LOW);
        for (int asked = 0; asked < 20; asked++) {
            assertThat(lanes.first(0, parts -> true).handover().messageId()).isEqualTo("n1");
        }

        assertThat(leave(2)).containsExactly("n1/1", "l1/1");
    }

    @Test
    void what_comes_back_takes_the_place_it_had() {
        for (int i = 1; i <= 4; i++) {
            add("m" + i, Lane.NORMAL);
        }
        Attempt first = leave();
        Attempt second = leave();
        Attempt third = leave();
        lanes.put(second.again());
        lanes.put(third.again());
        lanes.put(first.again());

        assertThat(leave(4)).containsExactly("m1/1", "m2/1", "m3/1", "m4/1");
    }

    @Test
    void the_parts_of_a_message_leave_in_order_and_before_what_was_published_later() {
        add(Messages.parts(3, "long"), Lane.NORMAL);
        add("later", Lane.NORMAL);
        Attempt one = leave();
        lanes.put(one.following());
        Attempt two = leave();
        lanes.put(two.following());
        lanes.put(two.again());
        lanes.put(one.again());

        assertThat(leave(4)).containsExactly("long/1", "long/2", "long/3", "later/1");
    }

    @Test
    void a_delayed_attempt_lets_others_go_until_it_is_due() {
        add("m1", Lane.NORMAL);
        Attempt attempt = leave();
        lanes.later(attempt.again(), 100);
        add("m2", Lane.NORMAL);
        add("m3", Lane.NORMAL);

        assertThat(leaves()).isEqualTo("m2/1");
        assertThat(lanes.untilNextDelayed(40)).isEqualTo(60);
        assertThat(lanes.first(100, parts -> true)).isEqualTo(attempt.again());
    }

    @Test
    void without_room_only_what_was_begun_goes_on() {
        add(Messages.parts(2, "begun"), Lane.LOW);
        Attempt begun = leave();
        lanes.put(begun.following());
        add("fresh", Lane.HIGH);

        assertThat(lanes.first(0, parts -> false)).isEqualTo(begun.following());
        lanes.remove(begun.following());
        assertThat(lanes.first(0, parts -> false)).isNull();
        assertThat(leaves()).isEqualTo("fresh/1");
    }

    @Test
    void a_large_message_for_which_there_is_no_room_is_not_overtaken_for_ever() {
        add(Messages.parts(5, "large"), Lane.HIGH);
        add("small", Lane.NORMAL);

        assertThat(lanes.first(0, parts -> parts < 5)).isNull();
        assertThat(leaves()).isEqualTo("large/1");
    }

    @Test
    void what_was_published_after_a_held_message_to_the_same_handset_stays_behind_it() {
        Attempt held = Attempt.first(add(Messages.held("held"), Lane.NORMAL));
        add("same", Lane.NORMAL);
        OutgoingMessage other = Messages.message("other");
        other.setTo("+15550100");
        add(Messages.routed(other), Lane.NORMAL);
        held.handover().claim();
        lanes.expect(held);

        assertThat(leave(2)).containsExactly("other/1", "nothing");
        held.handover().putOnRecord();
        held.handover().settle(false);
        lanes.arrived(held);
        assertThat(leave(2)).containsExactly("held/1", "same/1");
    }

    @Test
    void held_messages_to_one_handset_do_not_wait_for_one_another() {
        Attempt first = Attempt.first(add(Messages.held("held1"), Lane.NORMAL));
        add(Messages.held("held2"), Lane.NORMAL);
        first.handover().claim();
        lanes.expect(first);

        assertThat(leaves()).isEqualTo("held2/1");
    }

    @Test
    void the_dead_are_forgotten() {
        add("fresh", Lane.NORMAL);
        add(Messages.parts(2, "begun"), Lane.HIGH);
        Attempt begun = leave();
        begun.handover().noteLeftUs();
        lanes.put(begun.following());
        Handover ended = add("ended", Lane.NORMAL);
        ended.end();
        tenure.end();

        lanes.dropDead();

        assertThat(lanes.size()).isEqualTo(1);
        assertThat(leave(2)).containsExactly("begun/2", "nothing");
    }
}
