package io.smspipeline.router;

import static io.smspipeline.router.fixture.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.smspipeline.localkafka.env.KafkaEnv;
import io.smspipeline.localkafka.env.KafkaEnvExtension;
import io.smspipeline.record.RouteTable;
import io.smspipeline.record.RoutedMessage;
import io.smspipeline.router.fixture.Live;
import io.smspipeline.router.table.TableLog;
import io.smspipeline.schemas.topic.Lane;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The route table on a real broker. */
@ExtendWith(KafkaEnvExtension.class)
class RoutesLiveTest {
    private static final String YAML = """
            providers:
              - {alias: primary, type: smpp}
              - {alias: us, type: twilio}
            routes:
              - {name: from file, when: {}, to: primary}
            """;

    private static final String TO_US = "{\"routes\":[{\"name\":\"published\",\"when\":{},\"to\":\"us\"}]}";

    private static RoutedMessage routed(Live live, Live.Reader<RoutedMessage> submitted, String id) {
        live.publish(live.topics().outgoing(), "+447700900123", message(id));
        live.flush();
        List<ConsumerRecord<String, RoutedMessage>> all = submitted.until(seen ->
                seen.stream().anyMatch(one -> one.value().getMessage().getId().equals(id)));
        return all.stream()
                .map(ConsumerRecord::value)
                .filter(one -> one.getMessage().getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_running_router_switches_to_a_version_that_is_published_and_keeps_it_when_it_begins_anew(KafkaEnv env)
            throws Exception {
        try (Live live = Live.start(env, YAML)) {
            Live.Reader<RoutedMessage> submitted = live.reader(List.of(
                    live.topics().submit("primary", Lane.NORMAL), live.topics().submit("us", Lane.NORMAL)));
            assertThat(live.tableLog().versions())
                    .extracting(RouteTable::getVersion, RouteTable::getComment)
                    .containsExactly(tuple(1L, "the configuration file"));
            RoutedMessage first = routed(live, submitted, "m1");
            assertThat(first.getProvider()).isEqualTo("primary");
            assertThat(first.getTableVersion()).isEqualTo(1);

            live.tableLog().append(TO_US, "a test", "somebody", null);

            RoutedMessage last = first;
            for (int i = 2; last.getTableVersion() == 1; i++) {
                last = routed(live, submitted, "m" + i);
            }
            assertThat(last.getTableVersion()).isEqualTo(2);
            assertThat(last.getProvider()).isEqualTo("us");
            assertThat(last.getRule()).isEqualTo("published");

            live.restartWithoutState();
            RoutedMessage afterwards = routed(live, submitted, "afterwards");
            assertThat(afterwards.getTableVersion()).isEqualTo(2);
            assertThat(afterwards.getRule()).isEqualTo("published");
            assertThat(live.tableLog().versions()).as("the file seeds once").hasSize(2);
        }
    }

    @Test
    void every_version_has_a_number_and_a_key_of_its_own(KafkaEnv env) throws Exception {
        try (Live live = new Live(env, YAML)) {
            live.applyTopics(env);
            TableLog log = live.tableLog();

            assertThat(log.append(TO_US, "one", "a", null).getVersion()).isEqualTo(1);
            assertThat(log.append("{}", "two", "b", null).getVersion()).isEqualTo(2);
            assertThat(log.append(TO_US, "again", "a", 1L).getVersion()).isEqualTo(3);

            assertThat(log.versions())
                    .extracting(RouteTable::getComment, RouteTable::getRestored)
                    .containsExactly(tuple("one", null), tuple("two", null), tuple("again", 1L));
            assertThat(live.raw(live.topics().routes().name(), 3))
                    .extracting(ConsumerRecord::key)
                    .containsExactly("main|1", "main|2", "main|3");
            assertThat(log.seed(TO_US, "a router"))
                    .as("a topic that is not empty")
                    .hasSize(3);
        }
    }

    @Test
    void without_its_topic_nothing_can_be_said(KafkaEnv env) throws Exception {
        try (Live live = new Live(env, YAML)) {
            assertThatThrownBy(() -> live.tableLog().versions())
                    .hasMessageContaining(live.topics().routes().name());
        }
    }
}
