package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static io.smspipeline.router.fixture.Messages.HANDSET;
import static io.smspipeline.router.fixture.Messages.NOW;
import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.EventKind;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.LifecycleEvent;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.Priority;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.router.entry.Cap;
import io.smspipeline.router.entry.EntrySettings;
import io.smspipeline.router.entry.Recipients;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.provider.ProviderView;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a message before anybody is chosen: was it here before, is it wanted, are there too many. */
class EntryTest {
    private static final List<Cap> CAPS = List.of(
            new Cap("patient", new Cap.Subject.Recipient(), List.of("+44"), 2, Duration.ofMinutes(1), true),
            new Cap("range", new Cap.Subject.Prefix(4), List.of("+882"), 2, Duration.ofHours(1), false),
            new Cap("module", new Cap.Subject.Label("module"), List.of(), 3, Duration.ofHours(1), false));

    private final Driven plain = driven(List.of());
    private final Driven capped = driven(CAPS);

    private static Driven driven(List<Cap> caps) {
        return driven(caps, List.of());
    }

    private static Driven driven(List<Cap> caps, List<Rule> rules) {
        EntrySettings entry = new EntrySettings(
                Recipients.DEFAULT, Duration.ofHours(2), Duration.ofMinutes(10), caps, Map.of("a", "12345"));
        RouteTable table = new RouteTable(0, List.of(new ProviderRef("a", "smpp")), rules);
        RoutingSettings settings = new RoutingSettings(
                table, RoutingSettings.DEFAULT_VALIDITY, Topics.INTERNAL_RETENTION, ProviderView.Times.DEFAULT, entry);
        return Driven.start(
                new MemoryRegistry(), serdes -> new RoutingTopology(Flow.BULK, settings, TOPICS, 1, serdes).build());
    }

    @AfterEach
    void close() {
        plain.close();
        capped.close();
    }

    private static void publish(Driven router, OutgoingMessage message) {
        router.publish(TOPICS.outgoing(), message.getTo(), message);
    }

    private static List<String> submitted(Driven router) {
        return router.values(TOPICS.submit("a", Lane.NORMAL)).stream()
                .map(RoutedMessage::getMessage)
                .map(OutgoingMessage::getId)
                .toList();
    }

    private static LifecycleEvent last(Driven router) {
        List<LifecycleEvent> events = router.values(TOPICS.event());
        assertThat(events).isNotEmpty();
        return events.get(events.size() - 1);
    }

    private static OutgoingMessage keyed(String id, String to, String key, String text) {
        OutgoingMessage message = message(id, to);
        message.setDeduplicationKey(key);
        message.setContent(new TextContent(text));
        return message;
    }

    private static void assertRefused(Driven router, FailureCode code, String reason) {
        LifecycleEvent event = last(router);
        assertThat(event.getKind()).isEqualTo(EventKind.REFUSED);
        assertThat(event.getFailure().getCode()).isEqualTo(code);
        assertThat(event.getFailure().getReason()).contains(reason);
    }

    @Test
    void the_same_id_again_is_not_sent_again_and_only_noted() {
        publish(plain, message("m1"));
        publish(plain, message("m1"));

        assertThat(submitted(plain)).containsExactly("m1");
        assertThat(plain.values(TOPICS.event()))
                .extracting(LifecycleEvent::getKind)
                .containsExactly(EventKind.ROUTED, EventKind.NOTED);
    }

    @Test
    void the_same_id_again_is_recognised_in_another_spelling_of_the_recipient() {
        publish(plain, message("m1", "+44 7700 900123"));
        // It was moved: what came back from there is the same message.
        plain.values(TOPICS.returned()).forEach(moved -> plain.publish(TOPICS.returned(), HANDSET, moved));
        publish(plain, message("m1"));

        assertThat(submitted(plain)).containsExactly("m1");
    }

    @Test
    void an_id_is_forgotten_after_a_while() {
        publish(plain, message("m1"));
        plain.wait(Duration.ofHours(3));
        publish(plain, message("m1"));

        assertThat(submitted(plain)).containsExactly("m1", "m1");
    }

    @Test
    void a_key_with_the_same_content_is_a_duplicate_that_names_the_first() {
        publish(plain, keyed("m1", HANDSET, "order 7", "It is on its way"));
        publish(plain, keyed("m2", HANDSET, "order 7", "It is on its way"));

        assertThat(submitted(plain)).containsExactly("m1");
        assertRefused(plain, FailureCode.DUPLICATE, "message m1 said the same");
    }

    @Test
    void a_key_with_other_content_is_a_mistake() {
        publish(plain, keyed("m1", HANDSET, "order 7", "It is on its way"));
        publish(plain, keyed("m2", HANDSET, "order 7", "It is lost"));

        assertThat(submitted(plain)).containsExactly("m1");
        assertRefused(plain, FailureCode.REQUEST, "message m1 said something else");
    }

    @Test
    void a_key_counts_for_one_recipient_and_one_tenant_and_for_a_time() {
        publish(plain, keyed("m1", HANDSET, "order 7", "Hello"));
        publish(plain, keyed("m2", "+447700900124", "order 7", "Hello"));
        OutgoingMessage ofAcme = keyed("m3", HANDSET, "order 7", "Hello");
        ofAcme.setTenant("acme");
        publish(plain, ofAcme);
        plain.wait(Duration.ofMinutes(11));
        publish(plain, keyed("m4", HANDSET, "order 7", "Hello"));

        assertThat(submitted(plain)).containsExactly("m1", "m2", "m3", "m4");
    }

    private static void says(Driven router, String sender, boolean optedOut, OptOutOrigin origin) {
        OptOutKey key = OptOutKey.of(HANDSET, sender);
        router.publish(
                TOPICS.optOut(), key.text(), new OptOut(key.handset(), key.sender(), optedOut, origin, "STOP", NOW));
    }

    private static OutgoingMessage from(String id, @Nullable String sender) {
        OutgoingMessage message = message(id);
        message.setFrom(sender);
        return message;
    }

    @Test
    void who_opted_out_from_a_sender_gets_nothing_from_it_and_everything_from_others() {
        says(plain, "MyShop", false, OptOutOrigin.KEYWORD);
        says(plain, "MyShop", true, OptOutOrigin.KEYWORD);
        publish(plain, from("m1", "myshop"));
        assertRefused(plain, FailureCode.OPTED_OUT, "the recipient said STOP");

        publish(plain, from("m2", "Other"));
        assertThat(submitted(plain)).containsExactly("m2");
    }

    @Test
    void a_message_without_a_sender_has_that_of_the_provider() {
        says(plain, "+12345", true, OptOutOrigin.KEYWORD);
        publish(plain, message("m1"));

        assertRefused(plain, FailureCode.OPTED_OUT, "sender 12345");
    }

    @Test
    void who_opted_out_from_all_and_then_asked_for_one_gets_that_one() {
        says(plain, "*", true, OptOutOrigin.KEYWORD);
        publish(plain, from("m1", "MyShop"));
        assertRefused(plain, FailureCode.OPTED_OUT, "every sender");
        says(plain, "MyShop", false, OptOutOrigin.KEYWORD);
        publish(plain, from("m2", "MyShop"));

        assertThat(submitted(plain)).containsExactly("m2");
    }

    @Test
    void what_an_operator_entered_stands_above_what_the_handset_says() {
        says(plain, "*", true, OptOutOrigin.OPERATOR);
        says(plain, "MyShop", false, OptOutOrigin.KEYWORD);
        publish(plain, from("m1", "MyShop"));

        assertRefused(plain, FailureCode.OPTED_OUT, "it was entered by");
    }

    @Test
    void what_is_forgotten_is_forgotten() {
        says(plain, "MyShop", true, OptOutOrigin.KEYWORD);
        plain.publish(
                TOPICS.optOut(),
                new TestRecord<>(OptOutKey.of(HANDSET, "MyShop").text(), (OptOut) null));
        publish(plain, from("m1", "MyShop"));

        assertThat(submitted(plain)).containsExactly("m1");
    }

    @Test
    void who_opts_out_while_a_message_waits_for_its_time_does_not_get_it() {
        OutgoingMessage later = from("m1", "MyShop");
        later.setSendAt(NOW.plusSeconds(60));
        publish(plain, later);
        says(plain, "MyShop", true, OptOutOrigin.KEYWORD);
        plain.wait(Duration.ofSeconds(61));

        assertThat(submitted(plain)).isEmpty();
        assertRefused(plain, FailureCode.OPTED_OUT, "MYSHOP");
    }

    @Test
    void what_is_too_many_for_a_recipient_waits_for_its_turn() {
        for (int i = 1; i <= 4; i++) {
            publish(capped, message("m" + i));
        }
        assertThat(submitted(capped)).containsExactly("m1", "m2");

        capped.wait(Duration.ofSeconds(62));
        assertThat(submitted(capped)).containsExactly("m3", "m4");
        publish(capped, message("m5"));
        assertThat(submitted(capped)).isEmpty();
    }

    @Test
    void what_is_too_many_for_a_range_of_numbers_is_rejected() {
        for (int i = 1; i <= 3; i++) {
            publish(capped, message("m" + i, "+88210000" + i));
        }

        assertThat(submitted(capped)).containsExactly("m1", "m2");
        assertRefused(capped, FailureCode.LIMITS, "cap 'range': more than 2");
    }

    @Test
    void what_is_too_many_for_a_label_is_rejected_and_other_values_of_it_are_not_concerned() {
        for (int i = 1; i <= 5; i++) {
            OutgoingMessage message = message("m" + i, "+12025550" + i + "00");
            message.setLabels(Map.of("module", i == 5 ? "invoices" : "signup"));
            publish(capped, message);
        }

        assertThat(submitted(capped)).containsExactly("m1", "m2", "m3", "m5");
    }

    @Test
    void a_message_that_a_cap_rejects_counts_against_no_other() {
        for (int i = 1; i <= 4; i++) {
            OutgoingMessage message = message("m" + i, "+8821" + i + "00001");
            message.setLabels(Map.of("module", "signup"));
            publish(capped, message);
        }
        OutgoingMessage elsewhere = message("m9", "+12025550100");
        elsewhere.setLabels(Map.of("module", "signup"));
        publish(capped, elsewhere);

        assertThat(submitted(capped)).containsExactly("m1", "m2", "m9");
    }

    @Test
    void what_a_cap_holds_is_changed_by_its_rule_once_when_it_goes_and_is_counted_by_what_was_asked_for() {
        Overrides set =
                new Overrides(new Overrides.Sender("MyShop"), null, null, Priority.LOW, Map.of("campaign", "winter"));
        Rule all = new Rule("all", List.of(), new Rule.Then.Carry(new Candidates.Ordered(List.of("a")), null, set));
        try (Driven router = driven(CAPS, List.of(all))) {
            for (int i = 1; i <= 4; i++) {
                OutgoingMessage message = message("m" + i);
                message.setLabels(Map.of("module", i < 4 ? "signup" : "other"));
                message.setFrom("12345");
                publish(router, message);
            }
            assertThat(router.values(TOPICS.submit("a", Lane.LOW))).hasSize(2);

            router.wait(Duration.ofSeconds(62));

            List<RoutedMessage> later = router.values(TOPICS.submit("a", Lane.LOW));
            assertThat(later).extracting(each -> each.getMessage().getId()).containsExactly("m3", "m4");
            assertThat(later).allSatisfy(each -> {
                assertThat(each.getMessage().getFrom()).isEqualTo("MyShop");
                assertThat(each.getMessage().getParams()).isEqualTo(Map.of("campaign", "winter"));
                assertThat(each.getAsked().getFrom()).isEqualTo("12345");
                assertThat(each.getAsked().getPriority()).isEqualTo(Priority.NORMAL);
            });
            // m1 to m3 were counted for their label, once each: the next is one too many.
            OutgoingMessage elsewhere = message("m5", "+12025550100");
            elsewhere.setLabels(Map.of("module", "signup"));
            publish(router, elsewhere);
            assertRefused(router, FailureCode.LIMITS, "cap 'module': more than 3");
        }
    }

    @Test
    void a_message_that_names_its_provider_is_counted_like_any_other() {
        for (int i = 1; i <= 4; i++) {
            OutgoingMessage message = message("m" + i, "+1202555010" + i);
            message.setLabels(Map.of("module", "signup"));
            message.setProvider("a");
            publish(capped, message);
        }

        assertThat(submitted(capped)).containsExactly("m1", "m2", "m3");
    }
}
