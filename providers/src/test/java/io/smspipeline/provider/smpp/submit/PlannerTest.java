package io.smspipeline.provider.smpp.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.contract.Messages;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.UserDataHeader;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static Planner planner(Segmentation segmentation, int maxParts) {
        return new Planner(AccountRules.of("segmentation: " + segmentation, "max-parts: " + maxParts));
    }

    private final Planner planner = planner(Segmentation.UDH8, 10);

    private static List<Submission> submissions(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Submissions.class);
        return ((Plan.Submissions) plan).all();
    }

    private static FailureCode unfit(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Unfit.class);
        return ((Plan.Unfit) plan).failure().getCode();
    }

    private static byte[] octets(Submission submission) {
        return Objects.requireNonNull(submission.segment()).shortMessage();
    }

    @Test
    void a_long_text_is_one_submission_a_part() {
        List<Submission> parts = submissions(planner.plan(Messages.text("m1", "x".repeat(400))));

        assertThat(parts).extracting(Submission::number).containsExactly(1, 2, 3);
        assertThat(parts).allMatch(part -> part.count() == 3 && part.parts() == 1);
    }

    @Test
    void a_message_submitted_again_has_the_same_reference_and_another_message_another_one() {
        String text = "x".repeat(200);

        byte[] first =
                octets(submissions(planner.plan(Messages.text("m1", text))).get(0));
        byte[] again =
                octets(submissions(planner.plan(Messages.text("m1", text))).get(0));
        byte[] other =
                octets(submissions(planner.plan(Messages.text("m2", text))).get(0));

        assertThat(again).isEqualTo(first);
        assertThat(reference(other)).isNotEqualTo(reference(first));
    }

    private static int reference(byte[] shortMessage) {
        return UserDataHeader.parse(shortMessage)
                .header()
                .concatenation()
                .orElseThrow()
                .reference();
    }

    @Test
    void long_messages_under_way_to_one_handset_have_references_of_their_own() {
        List<Integer> references = IntStream.range(0, 256)
                .mapToObj(i -> "019a0000-0000-7000-8000-%012x".formatted(i))
                .map(id -> reference(octets(submissions(planner.plan(Messages.text(id, "x".repeat(200))))
                        .get(1))))
                .toList();

        assertThat(references).doesNotHaveDuplicates();
    }

    @Test
    void message_payload_carries_the_whole_and_counts_what_goes_on_the_air() {
        List<Submission> whole =
                submissions(planner(Segmentation.PAYLOAD, 10).plan(Messages.text("m1", "x".repeat(400))));

        assertThat(whole).hasSize(1);
        assertThat(whole.get(0).parts()).isEqualTo(3);
    }

    @Test
    void an_international_sender_is_written_with_its_plus() {
        OutgoingMessage message = Messages.text("m1", "Hi");
        message.setFrom("447700900000");

        assertThat(submissions(planner.plan(message)).get(0).from()).isEqualTo("+447700900000");
    }

    @Test
    void a_message_the_provider_can_never_carry_is_unfit_with_the_reason() {
        OutgoingMessage badSender = Messages.text("m1", "Hi");
        badSender.setFrom("ThirteenChars");
        OutgoingMessage badRecipient = Messages.text("m1", "Hi");
        badRecipient.setTo("12");
        OutgoingMessage forced = Messages.text("m1", "snow ☃");
        forced.setEncoding(Encoding.GSM7);
        OutgoingMessage ownLimit = Messages.text("m1", "x".repeat(400));
        ownLimit.setMaxParts(2);

        assertThat(unfit(planner.plan(badSender))).isEqualTo(FailureCode.INVALID_SENDER);
        assertThat(unfit(planner.plan(badRecipient))).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(unfit(planner.plan(forced))).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(unfit(planner.plan(ownLimit))).isEqualTo(FailureCode.REQUEST);
        assertThat(unfit(planner.plan(Messages.text("m1", "x".repeat(2_000))))).isEqualTo(FailureCode.UNSUPPORTED);
        assertThat(unfit(planner.plan(Messages.text("m1", "")))).isEqualTo(FailureCode.REQUEST);
    }

    @Test
    void a_message_may_ask_for_more_parts_than_the_account_usually_allows() {
        OutgoingMessage message = Messages.text("m1", "x".repeat(2_000));
        message.setMaxParts(20);

        assertThat(submissions(planner.plan(message))).hasSize(14);
    }

    @Test
    void ports_become_a_header() {
        OutgoingMessage message = Messages.text("m1", "");
        message.setContent(new BinaryContent(ByteBuffer.wrap(new byte[] {1, 2}), null, 2948, 9200));

        assertThat(octets(submissions(planner.plan(message)).get(0)))
                .isEqualTo(HexFormat.of().parseHex("0605040b8423f00102"));
    }
}
