package io.smspipeline.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics = new Topics("");

    @Test
    void a_provider_has_a_topic_for_each_lane() {
        assertThat(topics.typed(List.of("primary")))
                .extracting(Topic::name)
                .contains("sms.submit.primary.high", "sms.submit.primary.normal", "sms.submit.primary.low");
    }

    @Test
    void every_name_begins_with_the_prefix() {
        Topics prefixed = new Topics("test.");

        assertThat(prefixed.typed(List.of("a"))).allMatch(topic -> topic.name().startsWith("test.sms."));
        assertThat(prefixed.deadLetter()).isEqualTo("test.sms.dead-letter");
        assertThat(prefixed.redrive("orders")).isEqualTo("test.sms.redrive.orders");
    }

    @Test
    void a_prefix_that_is_no_topic_name_is_refused() {
        assertThatThrownBy(() -> new Topics("a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topics.prefix is 'a b'");
    }

    @Test
    void receipts_and_acceptances_have_the_same_number_of_partitions_so_that_they_meet() {
        assertThat(TopicScale.CLUSTER.partitionsOf(topics.receipt()))
                .isEqualTo(TopicScale.CLUSTER.partitionsOf(topics.accepted()));
    }

    @Test
    void a_small_table_that_everybody_reads_whole_has_one_partition_whatever_the_scale() {
        assertThat(TopicScale.CLUSTER.partitionsOf(topics.providerState())).isEqualTo(1);
        assertThat(topics.providerState().table()).isTrue();
    }

    @Test
    void what_could_never_be_written_is_refused() {
        assertThatThrownBy(() -> new TopicScale(12, 6, 1, 2)).hasMessageContaining("min-insync-replicas is 2");
    }
}
