package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.ReturnReason;
import io.smspipeline.record.ReturnedMessage;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTopologyTest {
    private static final RouteTable TABLE = new RouteTable(
            0,
            List.of(new ProviderRef("primary", "smpp"), new ProviderRef("us", "twilio")),
            List.of(
                    new Rule(
                            "usa",
                            List.of(new Condition.ToPrefix(List.of("+1"))),
                            new Rule.Then.Carry(new Candidates.Ordered(List.of("us", "primary")))),
                    new Rule(
                            "blocked",
                            List.of(new Condition.LabelIs("type", List.of("spam"))),
                            new Rule.Then.Reject("we do not send this"))));

    private final Driven bulk = driven(Flow.BULK);

    private static Driven driven(Flow flow) {
        return Driven.start(
                new MemoryRegistry(),
                serdes -> new RoutingTopology(flow, new RoutingSettings(TABLE), TOPICS, 1, serdes).build());
    }

    @AfterEach
    void close() {
        bulk.close();
    }

    private void publish(OutgoingMessage message) {
        bulk.publish(TOPICS.outgoing(), message.getTo(), message);
    }

    private List<LifecycleEvent> events() {
        return bulk.values(TOPICS.event());
    }

    private List<RoutedMessage> submitted(String alias, Lane lane) {
        return bulk.values(TOPICS.submit(alias, lane));
    }

    private LifecycleEvent onlyEvent() {
        List<LifecycleEvent> events = events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void a_message_that_no_rule_matches_goes_to_the_first_provider() {
        publish(message("m1"));

        List<TestRecord<String, RoutedMessage>> submitted = bulk.records(TOPICS.submit("primary", Lane.NORMAL));
        assertThat(submitted).hasSize(1);
        assertThat(submitted.get(0).key()).isEqualTo(HANDSET);
        RoutedMessage routed = submitted.get(0).value();
        assertThat(routed.getProvider()).isEqualTo("primary");
        assertThat(routed.getRule()).isNull();
        assertThat(routed.getAttempt()).isEqualTo(1);
        assertThat(routed.getRoutedAt()).isEqualTo(NOW);
        assertThat(routed.getMessage().getValidUntil()).isEqualTo(NOW.plus(Duration.ofHours(48)));
    }

    @Test
    void a_routed_message_is_told_of_under_its_id_with_what_its_application_gave_it() {
        OutgoingMessage message = message("m1");
        message.setClientReference("order 7");
        message.setLabels(Map.of("type", "otp"));
        message.setTenant("acme");
        message.setAllowReply(true);
        message.setFrom("12345");
        publish(message);

        List<TestRecord<String, LifecycleEvent>> told = bulk.records(TOPICS.event());
        assertThat(told).hasSize(1);
        assertThat(told.get(0).key()).isEqualTo("m1");
        LifecycleEvent event = told.get(0).value();
        assertThat(event.getKind()).isEqualTo(EventKind.ROUTED);
        assertThat(event.getProvider()).isEqualTo("primary");
        assertThat(event.getTo()).isEqualTo(HANDSET);
        assertThat(event.getFrom()).isEqualTo("12345");
        assertThat(event.getClientReference()).isEqualTo("order 7");
        assertThat(event.getLabels()).isEqualTo(Map.of("type", "otp"));
        assertThat(event.getTenant()).isEqualTo("acme");
        assertThat(event.getAllowReply()).isTrue();
        assertThat(event.getSource()).isEqualTo("router-bulk");
        assertThat(event.getAt()).isEqualTo(NOW);
    }

    @Test
    void the_first_matching_rule_names_the_provider_and_its_alternatives() {
        publish(message("m1", "+15550100"));

        RoutedMessage routed = submitted("us", Lane.NORMAL).get(0);
        assertThat(routed.getRule()).isEqualTo("usa");
        assertThat(routed.getAlternatives()).containsExactly("primary");
    }

    @ParameterizedTest
    @EnumSource(Priority.class)
    void the_lane_is_that_of_the_priority_whatever_topic_it_was_published_to(Priority priority) {
        OutgoingMessage message = message("m1");
        message.setPriority(priority);
        publish(message);

        assertThat(submitted("primary", Lane.of(priority))).hasSize(1);
    }

    @Test
    void the_high_application_reads_the_high_topics_and_says_so() {
        try (Driven high = driven(Flow.HIGH)) {
            OutgoingMessage message = message("m1");
            message.setPriority(Priority.HIGH);
            high.publish(TOPICS.outgoingHigh(), HANDSET, message);

            assertThat(high.values(TOPICS.submit("primary", Lane.HIGH))).hasSize(1);
            assertThat(high.values(TOPICS.event()).get(0).getSource()).isEqualTo("router-high");
        }
    }

    @Test
    void the_trace_of_a_record_goes_on_with_it() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-abc".getBytes(StandardCharsets.UTF_8));
        bulk.publish(TOPICS.outgoing(), new TestRecord<>(HANDSET, message("m1"), headers, NOW));

        assertThat(bulk.records(TOPICS.submit("primary", Lane.NORMAL)).get(0).headers())
                .isEqualTo(headers);
    }

    @Test
    void a_message_without_a_key_is_moved_to_where_its_recipient_belongs_and_decided_there() {
        bulk.publish(TOPICS.outgoing(), null, message("m1", "+44 (0)7700 900-123"));

        List<TestRecord<String, ReturnedMessage>> moved = bulk.records(TOPICS.returned());
        assertThat(moved).hasSize(1);
        assertThat(moved.get(0).key()).isEqualTo(HANDSET);
        assertThat(moved.get(0).value().getReason()).isEqualTo(ReturnReason.REKEYED);
        assertThat(moved.get(0).value().getMessage().getTo()).isEqualTo(HANDSET);
        assertThat(moved.get(0).value().getAttempt()).isZero();
        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.ROUTED);
    }

    @Test
    void a_moved_message_is_decided_as_a_new_one_and_never_moved_again_wherever_it_lies() {
        bulk.publish(TOPICS.returned(), "elsewhere", returned(message("m1"), ReturnReason.REKEYED, List.of(), 0));

        assertThat(bulk.values(TOPICS.returned())).isEmpty();
        assertThat(submitted("primary", Lane.NORMAL).get(0).getAttempt()).isEqualTo(1);
    }

    @Test
    void a_moved_message_that_is_not_valid_is_refused() {
        OutgoingMessage empty = message("m1");
        empty.setContent(new TextContent(""));
        bulk.publish(TOPICS.returned(), HANDSET, returned(empty, ReturnReason.REKEYED, List.of(), 0));

        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "12, '2 digits'",
        "07700900123, 'begins with 0'",
        "'', 'empty'",
        "+44x700900123, 'no digit'",
        "+1234567890123456, '16 digits'"
    })
    void a_recipient_that_is_no_number_ends_the_message_with_the_reason(String to, String reason) {
        publish(message("m1", to));

        LifecycleEvent event = onlyEvent();
        assertThat(event.getKind()).isEqualTo(EventKind.REFUSED);
        assertThat(event.getFailure().getCode()).isEqualTo(FailureCode.INVALID_RECIPIENT);
        assertThat(event.getFailure().getReason()).contains(reason);
        assertThat(submitted("primary", Lane.NORMAL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+447700900123", "+15550100", "+61491570006", "+999123456789"})
    void numbers_of_test_ranges_are_numbers(String to) {
        publish(message("m1", to));

        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.ROUTED);
    }

    @Test
    void an_unknown_explicit_provider_ends_the_message_as_no_route() {
        OutgoingMessage message = message("m1");
        message.setProvider("gone");
        publish(message);

        assertThat(onlyEvent().getFailure().getCode()).isEqualTo(FailureCode.NO_ROUTE);
    }

    @Test
    void a_rule_that_rejects_ends_the_message_with_its_reason() {
        OutgoingMessage message = message("m1");
        message.setLabels(Map.of("type", "spam"));
        publish(message);

        Failure failure = onlyEvent().getFailure();
        assertThat(failure.getCode()).isEqualTo(FailureCode.NO_ROUTE);
        assertThat(failure.getReason()).contains("blocked").contains("we do not send this");
    }

    @Test
    void a_message_without_id_is_refused_under_a_name_that_tells_where_it_lies() {
        publish(message(""));
        publish(message(""));

        List<LifecycleEvent> events = events();
        assertThat(events)
                .extracting(LifecycleEvent::getMessageId)
                .containsExactly("no-id-sms.outgoing-0-0", "no-id-sms.outgoing-0-1");
        assertThat(events.get(0).getFailure().getReason()).contains("id: it has 0 characters");
    }

    @Test
    void an_id_that_is_too_long_is_refused_under_its_beginning() {
        publish(message("x".repeat(65)));

        assertThat(onlyEvent().getMessageId()).startsWith("xxxxxxxxx").hasSize(64);
    }

    @Test
    void a_message_whose_time_is_over_expires() {
        OutgoingMessage message = message("m1");
        message.setValidUntil(NOW);
        publish(message);

        LifecycleEvent event = onlyEvent();
        assertThat(event.getKind()).isEqualTo(EventKind.EXPIRED);
        assertThat(event.getFailure().getCode()).isEqualTo(FailureCode.EXPIRED);
        assertThat(submitted("primary", Lane.NORMAL)).isEmpty();
    }

    @Test
    void nothing_is_valid_longer_than_topics_keep_it() {
        OutgoingMessage message = message("m1");
        message.setValidUntil(NOW.plus(Duration.ofDays(30)));
        publish(message);

        assertThat(submitted("primary", Lane.NORMAL).get(0).getMessage().getValidUntil())
                .isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void a_scheduled_message_is_announced_and_leaves_when_it_is_due() {
        OutgoingMessage message = message("m1");
        message.setSendAt(NOW.plus(Duration.ofMinutes(10)));
        publish(message);

        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.SCHEDULED);
        bulk.wait(Duration.ofMinutes(10).minusMillis(1));
        assertThat(submitted("primary", Lane.NORMAL)).isEmpty();

        bulk.wait(Duration.ofMillis(201));

        RoutedMessage routed = submitted("primary", Lane.NORMAL).get(0);
        assertThat(routed.getMessage().getId()).isEqualTo("m1");
        assertThat(routed.getMessage().getValidUntil())
                .isEqualTo(NOW.plus(Duration.ofMinutes(10)).plus(Duration.ofHours(48)));
        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.ROUTED);
    }

    @Test
    void scheduled_messages_leave_in_order_of_their_time_each_once() {
        for (int i = 0; i < 50; i++) {
            OutgoingMessage message = message("m" + i);
            message.setSendAt(NOW.plusSeconds(1 + (i * 37) % 50));
            publish(message);
        }
        bulk.wait(Duration.ofSeconds(20));
        List<RoutedMessage> first = submitted("primary", Lane.NORMAL);
        bulk.wait(Duration.ofSeconds(40));
        List<RoutedMessage> rest = submitted("primary", Lane.NORMAL);
        bulk.wait(Duration.ofHours(1));

        assertThat(first).hasSize(20);
        assertThat(rest).hasSize(30);
        assertThat(rest)
                .isSortedAccordingTo((a, b) ->
                        a.getMessage().getSendAt().compareTo(b.getMessage().getSendAt()));
        assertThat(submitted("primary", Lane.NORMAL)).isEmpty();
    }

    @Test
    void many_that_are_due_together_all_leave_each_once() {
        for (int i = 0; i < 2_500; i++) {
            OutgoingMessage message = message("m" + i);
            message.setSendAt(NOW.plusSeconds(10));
            publish(message);
        }
        bulk.wait(Duration.ofSeconds(11));
        bulk.wait(Duration.ofSeconds(1));

        assertThat(submitted("primary", Lane.NORMAL))
                .extracting(routed -> routed.getMessage().getId())
                .hasSize(2_500)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_trace_of_a_scheduled_message_is_kept() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", "00-abc".getBytes(StandardCharsets.UTF_8));
        OutgoingMessage message = message("m1");
        message.setSendAt(NOW.plusSeconds(1));
        bulk.publish(TOPICS.outgoing(), new TestRecord<>(HANDSET, message, headers, NOW));
        bulk.wait(Duration.ofSeconds(2));

        assertThat(bulk.records(TOPICS.submit("primary", Lane.NORMAL)).get(0).headers())
                .isEqualTo(headers);
    }

    @Test
    void what_would_be_due_only_after_its_validity_expires_at_once() {
        OutgoingMessage message = message("m1");
        message.setSendAt(NOW.plus(Duration.ofHours(2)));
        message.setValidUntil(NOW.plus(Duration.ofHours(1)));
        publish(message);

        assertThat(onlyEvent().getKind()).isEqualTo(EventKind.EXPIRED);
    }

    @Test
    void a_returned_message_goes_to_whoever_did_not_have_it_yet() {
        bulk.publish(
                TOPICS.returned(),
                "+15550100",
                returned(message("m1", "+15550100"), ReturnReason.PROVIDER_DOWN, List.of("us"), 1));

        RoutedMessage routed = submitted("primary", Lane.NORMAL).get(0);
        assertThat(routed.getAttempt()).isEqualTo(2);
        assertThat(routed.getTried()).containsExactly("us");
        assertThat(routed.getAlternatives()).containsExactly("us");
        assertThat(onlyEvent().getAttempt()).isEqualTo(2);
    }

    @Test
    void when_all_had_it_the_one_that_had_it_longest_ago_gets_it_again() {
        bulk.publish(
                TOPICS.returned(),
                "+15550100",
                returned(message("m1", "+15550100"), ReturnReason.PROVIDER_DOWN, List.of("us", "primary"), 2));

        assertThat(submitted("us", Lane.NORMAL).get(0).getAttempt()).isEqualTo(3);
    }

    @Test
    void what_everybody_refused_ends_with_the_last_refusal() {
        ReturnedMessage back =
                returned(message("m1", "+15550100"), ReturnReason.REFUSED_HERE, List.of("us", "primary"), 2);
        back.setFailure(new Failure(FailureCode.REQUEST, "wrong sender", "0x0A", null, true));
        bulk.publish(TOPICS.returned(), "+15550100", back);

        LifecycleEvent event = onlyEvent();
        assertThat(event.getKind()).isEqualTo(EventKind.REFUSED);
        assertThat(event.getFailure().getProviderCode()).isEqualTo("0x0A");
        assertThat(event.getAttempt()).isEqualTo(3);
    }

    @Test
    void a_returned_message_that_needs_a_pause_waits_without_a_word() {
        ReturnedMessage back = returned(message("m1"), ReturnReason.RETRY_LATER, List.of("primary"), 1);
        back.setNotBefore(NOW.plusSeconds(30));
        bulk.publish(TOPICS.returned(), HANDSET, back);

        assertThat(events()).isEmpty();
        bulk.wait(Duration.ofSeconds(31));
        assertThat(submitted("primary", Lane.NORMAL).get(0).getAttempt()).isEqualTo(2);
    }

    @Test
    void a_record_that_cannot_be_read_is_set_aside_with_its_reason_and_the_next_one_goes_on() {
        bulk.publishRaw("sms.outgoing", HANDSET, new byte[] {42, 1, 2});
        bulk.publishRaw("sms.outgoing", HANDSET, null);
        publish(message("m1"));

        List<TestRecord<byte[], byte[]>> letters = bulk.raw(TOPICS.deadLetter());
        assertThat(letters).hasSize(2);
        assertThat(letters.get(0).value()).containsExactly(42, 1, 2);
        assertThat(new String(letters.get(0).key(), StandardCharsets.UTF_8)).isEqualTo(HANDSET);
        assertThat(header(letters.get(0), "sms-dead-letter-reason")).contains("wire format");
        assertThat(header(letters.get(0), "sms-dead-letter-group")).isEqualTo("driven");
        assertThat(header(letters.get(0), "sms-dead-letter-topic")).isEqualTo("sms.outgoing");
        assertThat(header(letters.get(1), "sms-dead-letter-reason")).contains("no value");
        assertThat(submitted("primary", Lane.NORMAL)).hasSize(1);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ReturnedMessage returned(
            OutgoingMessage message, ReturnReason reason, List<String> tried, int attempt) {
        return new ReturnedMessage(message, null, reason, tried, attempt, null, null, NOW);
    }
}
