package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.BreakerState;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.ProviderControl;
import io.smspipeline.record.ProviderState;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom routing chooses by what senders and operators say of providers. */
class ProviderStateTest {
    private static final RouteTable TABLE = new RouteTable(
            0,
            List.of(new ProviderRef("a", "smpp"), new ProviderRef("b", "smpp")),
            List.of(new Rule("either", List.of(), new Rule.Then.Carry(new Candidates.Ordered(List.of("a", "b"))))));

    private final Driven router = Driven.start(
            new MemoryRegistry(),
            serdes -> new RoutingTopology(Flow.BULK, new RoutingSettings(TABLE), TOPICS, 1, serdes).build());
    private Instant now = NOW;
    private int published;

    @AfterEach
    void close() {
        router.close();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        router.wait(time);
    }

    /** As a sender does: what it says counts for some seconds. */
    private void says(String alias, String replica, boolean up) {
        tell(state(alias, replica, up).build());
    }

    private ProviderState.Builder state(String alias, String replica, boolean up) {
        return ProviderState.newBuilder()
                .setAlias(alias)
                .setReplica(replica)
                .setUp(up)
                .setSince(now)
                .setAt(now);
    }

    private void tell(ProviderState state) {
        router.publish(TOPICS.providerState(), Topics.providerStateKey(state.getAlias(), state.getReplica()), state);
        pass(Duration.ofMillis(100));
    }

    private void wants(String alias, ControlMode mode) {
        router.publish(TOPICS.providerControl(), alias, new ProviderControl(alias, mode, "test", now));
        pass(Duration.ofMillis(100));
    }

    private String chosen() {
        return chosen(HANDSET);
    }

    private String chosen(String to) {
        router.publish(TOPICS.outgoing(), to, message("m" + published++, to));
        return carrier();
    }

    private String carrier() {
        List<RoutedMessage> all = new ArrayList<>(router.values(TOPICS.submit("a", Lane.NORMAL)));
        all.addAll(router.values(TOPICS.submit("b", Lane.NORMAL)));
        return all.isEmpty() ? "nobody" : all.get(all.size() - 1).getProvider();
    }

    private void comesBack(String id, ReturnReason reason, String... tried) {
        router.publish(
                TOPICS.returned(),
                HANDSET,
                ReturnedMessage.newBuilder()
                        .setMessage(message(id))
                        .setReason(reason)
                        .setTried(List.of(tried))
                        .setAttempt(tried.length)
                        .setFailure(new Failure(FailureCode.SERVER, "its own trouble", null, null, true))
                        .setAt(now)
                        .build());
    }

    @Test
    void as_long_as_no_sender_ever_spoke_every_alias_is_a_candidate() {
        assertThat(chosen()).isEqualTo("a");
    }

    @Test
    void an_alias_that_says_it_is_down_is_passed_over() {
        says("a", "0", false);
        says("b", "0", true);

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void an_alias_is_up_while_one_of_its_processes_is() {
        says("a", "0", false);
        says("a", "1", true);
        says("b", "0", true);

        assertThat(chosen()).isEqualTo("a");
    }

    @Test
    void whoever_says_nothing_for_some_seconds_is_taken_for_dead() {
        says("a", "0", true);
        says("b", "0", true);
        assertThat(chosen()).isEqualTo("a");

        pass(Duration.ofSeconds(5));
        says("b", "0", true);

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void whoever_left_in_order_is_gone_at_once() {
        says("a", "0", true);
        says("b", "0", true);
        router.publish(
                TOPICS.providerState(), new TestRecord<>(Topics.providerStateKey("a", "0"), (ProviderState) null));
        pass(Duration.ofMillis(100));

        assertThat(chosen()).isEqualTo("b");
    }

    @Test
    void a_new_message_waits_for_its_first_candidate_when_all_are_away() {
        says("a", "0", false);
        says("b", "0", false);

        assertThat(chosen()).isEqualTo("a");
    }

    @Test
    void a_message_that_came_back_waits_here_until_somebody_can_have_it() {
        says("a", "0", false);
        says("b", "0", false);
        comesBack("m", ReturnReason.PROVIDER_DOWN, "a", "b");
        assertThat(carrier()).isEqualTo("nobody");

        says("b", "0", true);
        pass(Duration.ofSeconds(2));

        assertThat(carrier()).isEqualTo("b");
    }

    @Test
    void a_message_that_waits_for_somebody_still_expires() {
        says("a", "0", false);
        says("b", "0", false);
        ReturnedMessage back = ReturnedMessage.newBuilder()
                .setMessage(message("m"))
                .setReason(ReturnReason.PROVIDER_DOWN)
                .setTried(List.of("a", "b"))
                .setAttempt(2)
                .setAt(now)
                .build();
        back.getMessage().setValidUntil(now.plusSeconds(1));
        router.publish(TOPICS.returned(), HANDSET, back);

        pass(Duration.ofMillis(1200));

        assertThat(router.values(TOPICS.event()))
                .extracting(LifecycleEvent::getKind)
                .containsExactly(EventKind.EXPIRED);
    }

    @Test
    void what_one_refused_waits_for_the_other_that_is_away() {
        says("a", "0", true);
        says("b", "0", false);
        comesBack("m", ReturnReason.REFUSED_HERE, "a");
        assertThat(carrier()).isEqualTo("nobody");
        assertThat(router.values(TOPICS.event())).isEmpty();

        says("b", "0", true);
        pass(Duration.ofSeconds(2));

        assertThat(carrier()).isEqualTo("b");
    }

    @Test
    void an_alias_that_is_paused_or_drained_gets_nothing_that_another_can_have() {
        wants("a", ControlMode.PAUSE);
        assertThat(chosen()).isEqualTo("b");
        wants("b", ControlMode.DRAIN);
        assertThat(chosen()).isEqualTo("a");

        wants("a", ControlMode.RUN);
        wants("b", ControlMode.RUN);
        assertThat(chosen()).isEqualTo("a");
    }

    @Test
    void an_alias_that_was_away_gets_its_recipients_back_little_by_little() {
        says("b", "0", true);
        tell(state("a", "0", true).setRecovered(true).build());
        assertThat(share()).isBetween(0, 10);

        Instant since = now;
        for (int second = 0; second < 10; second++) {
            pass(Duration.ofMillis(900));
            says("b", "0", true);
        }
        tell(state("a", "0", true).setSince(since).setRecovered(true).build());
        assertThat(share()).isBetween(35, 65);

        for (int second = 0; second < 10; second++) {
            pass(Duration.ofSeconds(1));
            says("b", "0", true);
        }
        tell(state("a", "0", true).setSince(since).setRecovered(true).build());
        assertThat(share()).isEqualTo(100);
    }

    private int share() {
        int first = 0;
        for (int i = 0; i < 100; i++) {
            first += chosen("+4477009001" + (10 + i % 90) + (i / 90)).equals("a") ? 1 : 0;
        }
        return first;
    }

    @Test
    void an_alias_that_fails_too_often_is_passed_over_while_another_takes_messages() {
        says("b", "0", true);
        tell(state("a", "0", true).setBreaker(BreakerState.OPEN).build());
        assertThat(share()).isZero();

        says("b", "0", false);
        assertThat(share()).as("b is down, and a takes them at least").isEqualTo(100);
    }

    @Test
    void an_alias_that_is_tried_again_gets_a_few_recipients_and_then_all_little_by_little() {
        says("b", "0", true);
        tell(state("a", "0", true).setBreaker(BreakerState.TRIAL).build());
        assertThat(share()).isBetween(1, 20);

        tell(state("a", "0", true).setRecovered(true).build());
        assertThat(share()).isLessThan(20);
        for (int second = 0; second < 5; second++) {
            pass(Duration.ofSeconds(1));
            says("b", "0", true);
        }
        tell(state("a", "0", true)
                .setSince(now.minusSeconds(20))
                .setRecovered(true)
                .build());
        assertThat(share()).isEqualTo(100);
    }

    @Test
    void one_process_whose_answers_are_good_is_enough() {
        says("b", "0", true);
        tell(state("a", "0", true).setBreaker(BreakerState.OPEN).build());
        says("a", "1", true);

        assertThat(share()).isEqualTo(100);
    }

    @Test
    void what_was_given_back_goes_to_who_fails_rather_than_to_nobody() {
        says("b", "0", false);
        tell(state("a", "0", true).setBreaker(BreakerState.OPEN).build());
        comesBack("m", ReturnReason.PROVIDER_DOWN, "b");

        assertThat(carrier()).isEqualTo("a");
    }

    @Test
    void an_alias_that_says_it_is_up_for_the_first_time_has_all_its_recipients_at_once() {
        says("b", "0", true);
        says("a", "0", true);

        assertThat(share()).isEqualTo(100);
    }

    @Test
    void a_record_that_cannot_be_read_changes_nothing() {
        says("a", "0", true);
        router.publishRaw(TOPICS.providerState().name(), "b|0", new byte[] {1, 2, 3});
        pass(Duration.ofMillis(100));

        assertThat(chosen()).isEqualTo("a");
    }
}
