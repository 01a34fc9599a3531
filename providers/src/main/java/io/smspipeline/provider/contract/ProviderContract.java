package io.smspipeline.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Slot;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.Wiring;
import io.smspipeline.record.Failure;
import io.smspipeline.settings.PersonalData;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every provider keeps. Extend it, say how yours is configured, and all of it is tested. */
public abstract class ProviderContract {
    /** For whatever must happen on a machine that is busy with other things. */
    protected static final Duration SOON = Duration.ofSeconds(30);

    /** What came from outside. */
    protected final RecordingSink sink = new RecordingSink();

    private final List<Provider> opened = new ArrayList<>();

    /** A provider that accepts everything, with room for {@code window} unanswered submissions. */
    protected abstract ConfiguredProvider configured(int window);

    /** From now on answers take about this long; where that cannot be set they may come at once. */
    protected abstract void answerAfter(Duration latency);

    /** Opens it, and closes it after the test. */
    protected final Provider open(ConfiguredProvider configured) {
        Provider provider = configured.open(wiring());
        opened.add(provider);
        await().atMost(SOON).until(() -> provider.availability().up());
        return provider;
    }

    /** What a provider is opened with. */
    protected final Wiring wiring() {
        return new Wiring(Clock.systemUTC(), sink, Replica.ONLY, new SimpleMeterRegistry(), PersonalData.MASKED);
    }

    @AfterEach
    final void closeProviders() {
        opened.forEach(provider -> provider.close(Duration.ZERO));
        stopFarSide();
    }

    /** Called after each test when the providers are closed. */
    protected void stopFarSide() {}

    /** The only submission of a short text. */
    protected static Submission submission(Provider provider, String id, String text) {
        Plan plan = provider.plan(Messages.text(id, text));
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return ((Plan.Submissions) plan).all().get(0);
    }

    /** Waits for an outcome. */
    protected static SendOutcome outcome(CompletableFuture<SendOutcome> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void a_configured_provider_says_how_it_may_be_fed() {
        ConfiguredProvider configured = configured(3);

        assertThat(configured.pace().window()).isEqualTo(3);
        assertThat(configured.pace().maxUnrecorded()).isGreaterThanOrEqualTo(3);
        assertThat(configured.type()).isNotBlank();
        assertThat(open(configured).alias()).isEqualTo(configured.alias());
    }

    @Test
    void the_same_message_has_the_same_plan_every_time() {
        Provider provider = open(configured(3));
        String text = "x".repeat(500);

        List<Submission> first = plan(provider, text);
        List<Submission> again = plan(provider, text);

        assertThat(again).hasSameSizeAs(first);
        for (int i = 0; i < first.size(); i++) {
            assertThat(again.get(i).number()).isEqualTo(i + 1);
            assertThat(again.get(i).from()).isEqualTo(first.get(i).from());
            assertThat(octets(again.get(i))).isEqualTo(octets(first.get(i)));
        }
        assertThat(first.stream().mapToInt(Submission::parts).sum()).isEqualTo(4);
    }

    private static List<Submission> plan(Provider provider, String text) {
        return ((Plan.Submissions) provider.plan(Messages.text("m1", text))).all();
    }

    private static byte[] octets(Submission submission) {
        var segment = submission.segment();
        return segment == null ? new byte[0] : segment.shortMessage();
    }

    @Test
    void a_message_without_content_is_unfit() {
        assertThat(open(configured(3)).plan(Messages.text("m1", ""))).isInstanceOf(Plan.Unfit.class);
    }

    @Test
    void a_submission_is_accepted_with_the_ids_it_will_be_known_by() throws Exception {
        Provider provider = open(configured(3));

        SendOutcome outcome =
                outcome(new Feeder(provider).send(Messages.text("m1", "Hello")).get(0));

        assertThat(outcome).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(((SendOutcome.Accepted) outcome).providerMessageId()).isNotBlank();
        assertThat(((SendOutcome.Accepted) outcome).correlationIds())
                .allSatisfy(id -> assertThat(id).isNotBlank());
    }

    @Test
    void no_more_is_taken_than_the_window_holds() {
        Provider provider = open(configured(3));
        Submission submission = submission(provider, "m1", "Hello");

        List<Slot> slots = new ArrayList<>();
        for (Slot slot = provider.reserve(submission); slot != null; slot = provider.reserve(submission)) {
            slots.add(slot);
        }

        assertThat(slots).hasSize(3);
        slots.get(0).release();
        assertThat(provider.reserve(submission)).isNotNull();
    }

    @Test
    void far_more_messages_than_the_window_holds_are_all_accepted() throws Exception {
        Provider provider = open(configured(3));
        Feeder feeder = new Feeder(provider);

        List<CompletableFuture<SendOutcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            outcomes.add(feeder.submit(submission(provider, "m" + i, "Hello " + i)));
        }
        provider.flush();

        for (CompletableFuture<SendOutcome> outcome : outcomes) {
            assertThat(outcome(outcome)).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void the_place_is_free_again_when_the_outcome_is_known() throws Exception {
        Provider provider = open(configured(1));
        Feeder feeder = new Feeder(provider);
        Submission submission = submission(provider, "m1", "Hello");

        for (int i = 0; i < 20; i++) {
            CompletableFuture<SendOutcome> submitted = feeder.trySubmit(submission);
            assertThat(submitted).as("place for submission %d", i).isNotNull();
            provider.flush();
            outcome(java.util.Objects.requireNonNull(submitted));
        }
    }

    @Test
    void the_listener_hears_that_a_place_became_free() throws Exception {
        Provider provider = open(configured(1));
        Feeder feeder = new Feeder(provider);

        outcome(feeder.send(Messages.text("m1", "Hello")).get(0));

        await().atMost(SOON).until(() -> feeder.changes() > 0);
    }

    @Test
    void the_parts_of_a_message_may_be_submitted_one_behind_the_other() throws Exception {
        Provider provider = open(configured(2));

        for (CompletableFuture<SendOutcome> part : new Feeder(provider).send(Messages.text("m1", "y".repeat(700)))) {
            assertThat(outcome(part)).isInstanceOf(SendOutcome.Accepted.class);
        }
    }

    @Test
    void closing_waits_for_answers_under_way() throws Exception {
        answerAfter(Duration.ofMillis(300));
        Provider provider = open(configured(3));
        CompletableFuture<SendOutcome> submitted = new Feeder(provider).submit(submission(provider, "m1", "Hello"));

        provider.close(SOON);

        assertThat(submitted).isDone();
        assertThat(outcome(submitted)).isInstanceOf(SendOutcome.Accepted.class);
    }

    @Test
    void nothing_is_taken_after_closing_and_closing_again_does_no_harm() {
        Provider provider = open(configured(3));
        Submission submission = submission(provider, "m1", "Hello");

        provider.close(Duration.ofSeconds(1));

        assertThat(provider.reserve(submission)).isNull();
        assertThat(provider.availability().up()).isFalse();
        assertThat(provider.availability().reason()).isNotBlank();
        assertThatCode(() -> provider.close(Duration.ofSeconds(1))).doesNotThrowAnyException();
        assertThatCode(provider::flush).doesNotThrowAnyException();
    }

    @Test
    void a_place_taken_before_closing_is_not_a_hand_over_after_it() throws Exception {
        Provider provider = open(configured(3));
        Submission submission = submission(provider, "m1", "Hello");
        Slot slot = java.util.Objects.requireNonNull(provider.reserve(submission));

        provider.close(Duration.ZERO);

        SendOutcome outcome =
                outcome(slot.submit(submission, Duration.ofHours(1)).toCompletableFuture());
        assertThat(outcome).isInstanceOf(SendOutcome.Unreachable.class);
    }

    @Test
    void a_message_it_never_took_is_neither_told_of_nor_withdrawn() throws Exception {
        HeldMessages held = open(configured(3)).held().orElse(null);
        if (held == null) {
            return;
        }
        HeldMessage unknown = new HeldMessage("4711", "12345", Messages.HANDSET);

        for (HeldAnswer answer : List.of(
                answer(held.query(unknown)),
                answer(held.cancel(unknown)),
                answer(held.replace(unknown, "New", Duration.ofHours(1))))) {
            assertThat(answer).isInstanceOf(HeldAnswer.Refused.class);
            Failure failure = ((HeldAnswer.Refused) answer).failure();
            assertThat(failure.getReason()).isNotBlank();
            assertThat(failure.getPermanent()).isTrue();
        }
    }

    @Test
    void after_closing_questions_stay_open() throws Exception {
        Provider provider = open(configured(3));
        HeldMessages held = provider.held().orElse(null);
        if (held == null) {
            return;
        }
        provider.close(Duration.ZERO);

        assertThat(answer(held.cancel(new HeldMessage("4711", "12345", Messages.HANDSET))))
                .isInstanceOf(HeldAnswer.Unanswered.class);
    }

    private static HeldAnswer answer(CompletionStage<HeldAnswer> stage) throws Exception {
        return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
