package io.smspipeline.router.routing;

import static io.smspipeline.router.fixture.Driven.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Driven;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.schemas.registry.MemoryRegistry;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Versions of the table that come while messages are routed. */
class LiveTableTest {
    private static final RouteTable FILE = new RouteTable(
            0,
            List.of(new ProviderRef("primary", "smpp"), new ProviderRef("us", "twilio")),
            List.of(new Rule("from file", List.of(), new Rule.Then.Carry(new Candidates.Ordered(List.of("primary"))))));

    private final Driven router = Driven.start(
            new MemoryRegistry(),
            serdes -> new RoutingTopology(Flow.BULK, new RoutingSettings(FILE), TOPICS, 1, serdes).build());
    private int sent;

    @AfterEach
    void close() {
        router.close();
    }

    private void publish(long version, String content) {
        router.publish(
                TOPICS.routes(),
                Topics.routesKey("main", version),
                io.smspipeline.record.RouteTable.newBuilder()
                        .setVersion(version)
                        .setContent(content)
                        .setAppliedAt(Messages.NOW)
                        .build());
    }

    private static String everythingTo(String alias, String name) {
        return "{\"routes\":[{\"name\":\"" + name + "\",\"when\":{},\"to\":\"" + alias + "\"}]}";
    }

    private String decided() {
        router.publish(TOPICS.outgoing(), Messages.HANDSET, Messages.message("m" + sent++));
        List<RoutedMessage> routed = Stream.of("primary", "us")
                .flatMap(alias -> router.values(TOPICS.submit(alias, Lane.NORMAL)).stream())
                .toList();
        assertThat(routed).hasSize(1);
        RoutedMessage one = routed.get(0);
        return one.getProvider() + " by " + one.getRule() + " of " + one.getTableVersion();
    }

    @Test
    void until_a_version_is_published_the_file_decides() {
        assertThat(decided()).isEqualTo("primary by from file of 0");
    }

    @Test
    void a_version_decides_from_the_next_message_on() {
        assertThat(decided()).isEqualTo("primary by from file of 0");

        publish(1, everythingTo("us", "first"));

        assertThat(decided()).isEqualTo("us by first of 1");
        publish(2, everythingTo("primary", "second"));
        assertThat(decided()).isEqualTo("primary by second of 2");
    }

    @Test
    void a_version_that_comes_late_changes_nothing() {
        publish(3, everythingTo("us", "third"));
        assertThat(decided()).isEqualTo("us by third of 3");

        publish(2, everythingTo("primary", "second"));

        assertThat(decided()).isEqualTo("us by third of 3");
    }

    @Test
    void of_several_that_come_together_the_highest_sound_one_decides() {
        publish(1, everythingTo("us", "first"));
        publish(2, everythingTo("us", "second"));
        publish(3, everythingTo("gone", "third"));

        assertThat(decided()).isEqualTo("us by second of 2");
    }

    @Test
    void a_bad_table_is_refused_and_the_running_one_stays() {
        publish(1, everythingTo("us", "first"));
        assertThat(decided()).isEqualTo("us by first of 1");

        List<String> bad = List.of(
                everythingTo("gone", "unknown provider"),
                "{\"routes\":[{\"name\":\"a\",\"when\":{\"to-prefx\":\"+1\"},\"to\":\"us\"}]}",
                "{\"routes\":[{\"name\":\"a\",\"when\":{},\"to\":[{\"us\":\"0\"},{\"primary\":\"0\"}]}]}",
                "{\"kafka\":{}}",
                "no table at all: [");
        long version = 1;
        for (String content : bad) {
            publish(++version, content);
            assertThat(decided()).as(content).isEqualTo("us by first of 1");
        }

        publish(++version, everythingTo("primary", "good again"));
        assertThat(decided()).isEqualTo("primary by good again of " + version);
    }

    @Test
    void a_record_that_cannot_be_read_is_ignored() {
        publish(1, everythingTo("us", "first"));
        router.publishRaw(TOPICS.routes().name(), "main|2", "no record".getBytes(StandardCharsets.UTF_8));

        assertThat(decided()).isEqualTo("us by first of 1");
    }

    @Test
    void versions_change_senders_and_prices_as_well() {
        publish(1, """
                {"routes":[{"name":"cheap","when":{},"to":["primary","us"],"strategy":"cheapest"}],
                 "prices":{"primary":{"+":"2"},"us":{"+44":"1","+":"3"}},
                 "sender-ids":[{"country":"GB","alphanumeric":"false","instead":"12345"}]}
                """);
        var message = Messages.message("m1");
        message.setFrom("MyShop");
        router.publish(TOPICS.outgoing(), message.getTo(), message);

        List<RoutedMessage> routed = new ArrayList<>(router.values(TOPICS.submit("us", Lane.NORMAL)));
        assertThat(routed).hasSize(1);
        assertThat(routed.get(0).getMessage().getFrom()).isEqualTo("12345");
        assertThat(routed.get(0).getAsked().getFrom()).isEqualTo("MyShop");
    }
}
