package io.smspipeline.router.inbound;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.MoPart;
import io.smspipeline.record.OptOut;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.fixture.Happened;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.registry.MemoryRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundTopologyTest {
    private static final String SHORT_CODE = "12345";

    private final Driven inbound = Driven.start(
            new MemoryRegistry(), serdes -> new InboundTopology(InboundSettings.DEFAULT, TOPICS, 1, serdes).build());

    @AfterEach
    void close() {
        inbound.close();
    }

    private static MoPart part(String id, String text) {
        return MoPart.newBuilder()
                .setId(id)
                .setProvider("primary")
                .setFrom(HANDSET)
                .setTo(SHORT_CODE)
                .setText(text)
                .setRaw(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)))
                .setReceivedAt(NOW)
                .build();
    }

    private static MoPart part(String id, String text, int reference, int number, int of) {
        MoPart part = part(id, text);
        part.setReference(reference);
        part.setPart(number);
        part.setParts(of);
        return part;
    }

    private static LifecycleEvent asked(String id, Instant at) {
        LifecycleEvent accepted = Happened.accepted(id, "provider-" + id);
        accepted.setAllowReply(true);
        accepted.setFrom(SHORT_CODE);
        accepted.setAt(at);
        return accepted;
    }

    private void comes(MoPart part) {
        inbound.publish(TOPICS.mo(), part.getFrom(), part);
    }

    private void wasSent(LifecycleEvent accepted) {
        inbound.publish(TOPICS.accepted(), "primary|" + accepted.getProviderMessageId(), accepted);
    }

    @Test
    void a_handset_that_says_stop_is_on_record_where_routing_looks_for_it_and_its_message_is_published_too() {
        comes(part("p1", "Stop!"));
        comes(part("p2", "What stops here?"));

        assertThat(published()).hasSize(2);
        List<TestRecord<String, OptOut>> said = inbound.records(TOPICS.optOut());
        assertThat(said).hasSize(1);
        assertThat(said.get(0).key()).isEqualTo(HANDSET + "|" + SHORT_CODE);
        assertThat(said.get(0).value().getOptedOut()).isTrue();
        assertThat(said.get(0).value().getReason()).isEqualTo("STOP");
    }

    private List<InboundMessage> published() {
        inbound.wait(InboundSettings.DEFAULT.replyWait().plusMillis(200));
        return inbound.values(TOPICS.inbound());
    }

    @Test
    void a_message_of_one_part_is_published_under_its_handset() {
        MoPart part = part("p1", "stop. now");
        part.setSentAt(NOW.minusSeconds(5));
        comes(part);
        inbound.wait(Duration.ofSeconds(3));

        List<TestRecord<String, InboundMessage>> records = inbound.records(TOPICS.inbound());
        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo(HANDSET);
        InboundMessage message = records.get(0).value();
        assertThat(message.getId()).isEqualTo("p1");
        assertThat(message.getText()).isEqualTo("stop. now");
        assertThat(message.getKeyword()).isEqualTo("STOP");
        assertThat(message.getBinary()).isNull();
        assertThat(message.getParts()).isEqualTo(1);
        assertThat(message.getPartial()).isFalse();
        assertThat(message.getProvider()).isEqualTo("primary");
        assertThat(message.getTo()).isEqualTo(SHORT_CODE);
        assertThat(message.getSentAt()).isEqualTo(NOW.minusSeconds(5));
        assertThat(message.getReceivedAt()).isEqualTo(NOW);
        assertThat(message.getInReplyTo()).isNull();
    }

    @Test
    void a_message_the_provider_sends_again_within_minutes_is_dropped() {
        comes(part("p1", "once"));
        comes(part("p1", "once"));
        inbound.wait(Duration.ofMinutes(9));
        comes(part("p1", "once"));

        assertThat(published()).hasSize(1);
    }

    @Test
    void a_person_may_write_the_same_word_again() {
        comes(part("p1", "yes"));
        inbound.wait(Duration.ofMinutes(12));
        comes(part("p1", "yes"));

        assertThat(published()).hasSize(2);
    }

    @Test
    void an_id_of_the_providers_own_is_recognised_for_days() {
        MoPart part = part("primary:SM1", "yes");
        part.setProvider("primary");
        comes(part);
        inbound.wait(Duration.ofDays(2));
        comes(part);
        inbound.wait(Duration.ofMinutes(12));

        assertThat(published()).hasSize(1);
    }

    @Test
    void a_part_that_comes_again_after_its_message_is_complete_changes_nothing() {
        comes(part("p1", "one ", 7, 1, 2));
        comes(part("p2", "two", 7, 2, 2));
        inbound.wait(Duration.ofHours(20));
        comes(part("p2", "two", 7, 2, 2));
        inbound.wait(Duration.ofMinutes(15));

        assertThat(published()).extracting(InboundMessage::getText).containsExactly("one two");
    }

    @ParameterizedTest
    @CsvSource({"1 2 3", "3 2 1", "2 3 1", "3 1 2"})
    void parts_are_joined_in_whatever_order_they_come(String order) {
        for (String number : order.split(" ")) {
            comes(part("p" + number, "text" + number + " ", 7, Integer.parseInt(number), 3));
            comes(part("p" + number, "text" + number + " ", 7, Integer.parseInt(number), 3));
        }

        List<InboundMessage> messages = published();
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).getText()).isEqualTo("text1 text2 text3 ");
        assertThat(messages.get(0).getId()).isEqualTo("p1");
        assertThat(messages.get(0).getParts()).isEqualTo(3);
        assertThat(messages.get(0).getPartial()).isFalse();
    }

    @Test
    void parts_of_different_messages_are_not_mixed() {
        MoPart other = part("q2", "other2", 7, 2, 2);
        other.setFrom("+15550100");
        comes(part("p1", "one1", 7, 1, 2));
        comes(other);
        comes(part("r2", "three2", 8, 2, 2));
        comes(part("p2", "one2", 7, 2, 2));

        assertThat(published()).extracting(InboundMessage::getText).containsExactly("one1one2");
    }

    @Test
    void what_is_still_missing_after_the_timeout_is_published_without() {
        comes(part("p3", "three", 7, 3, 3));
        comes(part("p1", "one ", 7, 1, 3));
        inbound.wait(Duration.ofMinutes(11));

        List<InboundMessage> messages = published();
        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).getText()).isEqualTo("one three");
        assertThat(messages.get(0).getPartial()).isTrue();
        assertThat(messages.get(0).getParts()).isEqualTo(2);
    }

    @Test
    void a_reference_that_comes_round_begins_another_message_and_loses_nothing() {
        comes(part("old1", "old", 7, 1, 2));
        comes(part("new1", "new ", 7, 1, 2));
        comes(part("new2", "message", 7, 2, 2));

        List<InboundMessage> messages = published();
        assertThat(messages).extracting(InboundMessage::getText).containsExactlyInAnyOrder("old", "new message");
        assertThat(messages)
                .filteredOn(InboundMessage::getPartial)
                .extracting(InboundMessage::getId)
                .containsExactly("old1");
    }

    @Test
    void octets_are_joined_as_octets() {
        MoPart one = part("p1", "", 7, 1, 2);
        one.setText(null);
        one.setBinary(ByteBuffer.wrap(new byte[] {1, 2}));
        MoPart two = part("p2", "", 7, 2, 2);
        two.setText(null);
        two.setBinary(ByteBuffer.wrap(new byte[] {3}));
        comes(two);
        comes(one);

        InboundMessage message = published().get(0);
        assertThat(message.getBinary()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(message.getText()).isNull();
        assertThat(message.getKeyword()).isNull();
    }

    @Test
    void what_could_not_be_decoded_is_published_as_it_came() {
        MoPart part = part("p1", "raw", 7, 1, 9);
        part.setText(null);
        part.setUnderstood(false);
        comes(part);

        InboundMessage message = published().get(0);
        assertThat(message.getText()).isNull();
        assertThat(message.getBinary()).isEqualTo(ByteBuffer.wrap("raw".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void an_answer_names_the_last_message_the_handset_had_from_that_number() {
        wasSent(asked("m2", NOW.minusSeconds(10)));
        wasSent(asked("m1", NOW.minusSeconds(20)));
        LifecycleEvent elsewhere = asked("m3", NOW);
        elsewhere.setFrom("99999");
        wasSent(elsewhere);
        LifecycleEvent noReply = asked("m4", NOW);
        noReply.setAllowReply(false);
        wasSent(noReply);
        comes(part("p1", "yes"));

        assertThat(published().get(0).getInReplyTo()).isEqualTo("m2");
    }

    @Test
    void an_answer_that_overtakes_the_news_of_its_question_waits_for_it() {
        comes(part("p1", "yes"));
        inbound.wait(Duration.ofMillis(1_200));
        wasSent(asked("m1", NOW));

        assertThat(published().get(0).getInReplyTo()).isEqualTo("m1");
    }

    @Test
    void an_answer_to_a_later_question_is_not_taken_for_one_to_an_earlier() {
        wasSent(asked("m1", NOW.minusSeconds(60)));
        comes(part("p1", "yes"));
        inbound.wait(Duration.ofMillis(100));
        wasSent(asked("m2", NOW));

        assertThat(published().get(0).getInReplyTo()).isEqualTo("m2");
    }

    @ParameterizedTest
    @CsvSource({
        "+447700900123, 12345, 12345",
        "447700900123, 12345, +12345",
        "+447700900123, MyShop, MYSHOP",
        "447700900123, +447700900001, 447700900001"
    })
    void numbers_are_the_same_however_they_are_written(String handset, String from, String to) {
        LifecycleEvent asked = asked("m1", NOW);
        asked.setFrom(from);
        wasSent(asked);
        MoPart part = part("p1", "yes");
        part.setFrom(handset);
        part.setTo(to);
        comes(part);

        assertThat(published().get(0).getInReplyTo()).isEqualTo("m1");
    }

    @Test
    void long_after_the_question_a_word_is_no_answer() {
        wasSent(asked("m1", NOW));
        inbound.wait(Duration.ofDays(8));
        comes(part("p1", "yes"));

        assertThat(published().get(0).getInReplyTo()).isNull();
    }

    @Test
    void an_unreadable_part_is_set_aside() {
        inbound.publishRaw("sms.mo", HANDSET, new byte[] {1});

        assertThat(inbound.raw(TOPICS.deadLetter())).hasSize(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "STOP, STOP",
        "stop., STOP",
        "'  \"Stop\" please', STOP",
        "#vote 7, VOTE",
        "yes!no, YES!NO",
        "стоп, СТОП",
        "'', ",
        "'   ', ",
        "?!, ",
        "7, 7"
    })
    void the_keyword_is_the_first_word(String text, String keyword) {
        assertThat(Keyword.of(text)).isEqualTo(keyword);
    }

    @Test
    void a_number_is_compared_by_its_digits_and_a_name_in_any_case() {
        assertThat(OptOutKey.comparable("+44 7700")).isEqualTo(OptOutKey.comparable("00447700"));
        assertThat(OptOutKey.comparable("Shop1")).isEqualTo(OptOutKey.comparable("shop1 "));
        assertThat(OptOutKey.comparable("Shop1")).isNotEqualTo(OptOutKey.comparable("1"));
    }
}
