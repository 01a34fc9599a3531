package io.smspipeline.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSource;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a provider keeps whose other end can refuse, be silent, and break. */
public abstract class ConnectedProviderContract extends ProviderContract {
    /** The other end of {@link #configured}. */
    protected abstract FarSide farSide();

    /** As {@link #configured}, giving up on an answer within a second. */
    protected abstract ConfiguredProvider impatient(int window);

    @Override
    protected void answerAfter(Duration latency) {
        farSide().accept(latency);
    }

    private SendOutcome outcomeOfOne(Provider provider) throws Exception {
        return outcome(new Feeder(provider).send(Messages.text("m1", "Hello")).get(0));
    }

    @Test
    void what_is_refused_for_good_is_rejected() throws Exception {
        farSide().refuse();

        SendOutcome outcome = outcomeOfOne(open(configured(3)));

        assertThat(outcome).isInstanceOf(SendOutcome.Rejected.class);
        Failure failure = ((SendOutcome.Rejected) outcome).failure();
        // An API that does not say why calls it a bad request.
        assertThat(failure.getCode()).isIn(FailureCode.INVALID_RECIPIENT, FailureCode.REQUEST);
        assertThat(failure.getPermanent()).isTrue();
        assertThat(failure.getProviderCode()).isNotBlank();
        assertThat(failure.getReason()).isNotBlank();
    }

    @Test
    void what_came_too_fast_is_throttled() throws Exception {
        farSide().throttle();

        SendOutcome outcome = outcomeOfOne(open(configured(3)));

        assertThat(outcome).isInstanceOf(SendOutcome.Throttled.class);
        assertThat(((SendOutcome.Throttled) outcome).failure().getCode()).isEqualTo(FailureCode.LIMITS);
    }

    @Test
    void what_found_the_provider_in_trouble_may_be_sent_again_after_a_while() throws Exception {
        farSide().fail();

        SendOutcome outcome = outcomeOfOne(open(configured(3)));

        assertThat(outcome).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(((SendOutcome.Unreachable) outcome).retryAfter()).isPositive();
        assertThat(((SendOutcome.Unreachable) outcome).failure().getPermanent()).isFalse();
    }

    @Test
    void what_is_not_answered_in_time_is_uncertain_and_its_place_is_free_again() throws Exception {
        farSide().stayMute();
        Provider provider = open(impatient(1));

        SendOutcome outcome = outcomeOfOne(provider);

        assertThat(outcome).isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(provider.reserve(submission(provider, "m2", "Hello"))).isNotNull();
    }

    @Test
    void what_was_under_way_when_the_connection_broke_is_uncertain_at_once() throws Exception {
        farSide().stayMute();
        Provider provider = open(configured(3));
        CompletableFuture<SendOutcome> submitted =
                new Feeder(provider).send(Messages.text("m1", "Hello")).get(0);

        farSide().cut();

        assertThat(outcome(submitted)).isInstanceOf(SendOutcome.Uncertain.class);
    }

    @Test
    void what_was_not_handed_over_when_the_connection_broke_may_be_sent_again() throws Exception {
        Provider provider = open(configured(3));
        Submission submission = submission(provider, "m1", "Hello");
        Slot slot = Objects.requireNonNull(provider.reserve(submission));
        farSide().goAway();
        await().atMost(SOON).until(() -> !provider.availability().up());

        SendOutcome outcome =
                outcome(slot.submit(submission, Duration.ofHours(1)).toCompletableFuture());

        assertThat(outcome).isInstanceOf(SendOutcome.Unreachable.class);
        assertThat(provider.reserve(submission)).isNull();
    }

    @Test
    void it_comes_back_by_itself_with_its_whole_window() throws Exception {
        Provider provider = open(configured(2));
        Feeder feeder = new Feeder(provider);
        farSide().goAway();
        await().atMost(SOON).until(() -> !provider.availability().up());
        assertThat(provider.availability().reason()).isNotBlank();
        await().atMost(SOON).until(() -> feeder.changes() > 0);

        farSide().comeBack();

        await().atMost(SOON).until(() -> provider.availability().up());
        Submission submission = submission(provider, "m1", "Hello");
        Slot first = provider.reserve(submission);
        Slot second = provider.reserve(submission);
        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(provider.reserve(submission)).isNull();
    }

    @Test
    void messages_arrive_in_the_order_in_which_they_were_submitted() throws Exception {
        Provider provider = open(configured(5));
        Feeder feeder = new Feeder(provider);
        List<String> texts = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            texts.add("text " + i);
            feeder.submit(submission(provider, "m" + i, "text " + i));
        }
        provider.flush();

        await().atMost(SOON).until(() -> farSide().accepted().size() == 50);
        assertThat(farSide().accepted()).isEqualTo(texts);
    }

    @Test
    void a_burst_leaves_when_it_is_flushed() throws Exception {
        Provider provider = open(configured(10));
        Feeder feeder = new Feeder(provider);
        feeder.submit(submission(provider, "m1", "one"));
        feeder.submit(submission(provider, "m2", "two"));

        provider.flush();

        await().atMost(SOON).until(() -> farSide().accepted().size() == 2);
    }

    @Test
    void a_full_window_leaves_without_being_flushed() throws Exception {
        Provider provider = open(configured(2));
        Feeder feeder = new Feeder(provider);

        CompletableFuture<SendOutcome> first = feeder.submit(submission(provider, "m1", "one"));
        CompletableFuture<SendOutcome> second = feeder.submit(submission(provider, "m2", "two"));

        assertThat(outcome(first)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(outcome(second)).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void what_comes_from_outside_is_confirmed_only_when_it_is_safe() throws Exception {
        ConfiguredProvider configured = configured(3);
        Provider provider = open(configured);
        try (AutoCloseable inbound = openInbound(configured)) {
            assertThat(inbound).isNotNull();
            sink.hold();

            farSide().sendFromHandset("Hi");

            await().atMost(SOON).until(() -> sink.holding() == 1);
            assertThat(farSide().confirmed()).isZero();
            assertThat(provider.availability().up()).isTrue();
            sink.release();
            await().atMost(SOON).until(() -> farSide().confirmed() == 1);
        }
    }

    @Test
    void what_could_not_be_made_safe_is_sent_again_and_is_the_same() throws Exception {
        ConfiguredProvider configured = configured(3);
        open(configured);
        try (AutoCloseable inbound = openInbound(configured)) {
            assertThat(inbound).isNotNull();
            sink.fail();
            farSide().sendFromHandset("Hi");
            await().atMost(SOON).until(() -> farSide().refusedByUs() > 0);

            sink.take();

            await().atMost(SOON).until(() -> farSide().confirmed() == 1);
            assertThat(sink.parts()).hasSizeGreaterThan(1).allSatisfy(part -> {
                assertThat(part.getId()).isEqualTo(sink.parts().get(0).getId());
                assertThat(part.getText()).isEqualTo("Hi");
            });
        }
    }

    /** The receiving side, where it is one of its own: opened, and up. */
    protected AutoCloseable openInbound(ConfiguredProvider configured) {
        InboundSource source = configured.openInbound(wiring()).orElse(null);
        if (source == null) {
            return () -> {};
        }
        await().atMost(SOON).until(() -> source.availability().up());
        return source;
    }
}
