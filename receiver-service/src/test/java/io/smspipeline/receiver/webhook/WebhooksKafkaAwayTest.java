package io.smspipeline.receiver.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smspipeline.localkafka.broker.BrokerSettings;
import io.smspipeline.localkafka.broker.LocalBroker;
import io.smspipeline.localkafka.registry.LocalRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker stops and comes back while a provider calls. A broker of its own, as others would miss theirs. */
class WebhooksKafkaAwayTest {
    private static final int WHILE_AWAY = 200;

    private final HttpClient client = HttpClient.newHttpClient();

    private CompletableFuture<Integer> call(OnKafka receiver, String id) {
        return client.sendAsync(
                        TwilioCalls.signed(
                                receiver.url("im"), TwilioCalls.message(id, "+14155550100", "text of " + id)),
                        BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    @Test
    void callers_get_503_while_kafka_is_away_and_nothing_is_missing_when_they_come_again(@TempDir Path data) {
        LocalBroker broker = LocalBroker.start(BrokerSettings.in(data.resolve("kafka")));
        BrokerSettings again = broker.settings().withPort(broker.port());
        try (LocalRegistry registry = LocalRegistry.start(broker.bootstrapServers(), 0);
                OnKafka receiver = new OnKafka(broker.bootstrapServers(), registry.url(), "away.")) {
            assertThat(call(receiver, "before").join()).isEqualTo(200);

            broker.close();
            List<CompletableFuture<Integer>> meanwhile = new ArrayList<>();
            for (int i = 0; i < WHILE_AWAY; i++) {
                meanwhile.add(call(receiver, "SM" + i));
            }
            assertThat(meanwhile)
                    .allSatisfy(answer -> assertThat(answer)
                            .succeedsWithin(Duration.ofSeconds(60))
                            .isEqualTo(503));

            broker = LocalBroker.start(again);
            Set<String> expected = new TreeSet<>(Set.of("us:before"));
            for (int i = 0; i < WHILE_AWAY; i++) {
                String id = "SM" + i;
                expected.add("us:" + id);
                await("the provider comes again until it is heard")
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(200))
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> call(receiver, id).join() == 200);
            }

            assertThat(receiver.parts().keySet()).isEqualTo(expected);
        } finally {
            broker.close();
        }
    }
}
