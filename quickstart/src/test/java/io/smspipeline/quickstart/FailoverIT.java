package io.smspipeline.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.client.Sms;
import io.smspipeline.client.SmsPublisher;
import io.smspipeline.simulator.smsc.ReceivedMessage;
import io.smspipeline.simulator.smsc.SimulatedSmsc;
import io.smspipeline.simulator.smsc.SmscSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two providers, of which the first dies under load and comes back. What must always hold is checked always; times are
 * printed, and checked with {@code -Dsms.proofs=true}, which wants a machine of its own.
 */
class FailoverIT {
    private static final boolean PROOFS = Boolean.getBoolean("sms.proofs");
    private static final int A_SECOND = PROOFS ? 500 : 200;

    @TempDir
    private Path directory;

    private final List<SimulatedSmsc> smscs = new ArrayList<>();
    private final Map<String, Instant> published = new HashMap<>();

    @AfterEach
    void close() {
        smscs.forEach(SimulatedSmsc::close);
    }

    private SimulatedSmsc smsc(int port) throws IOException {
        SimulatedSmsc smsc =
                SimulatedSmsc.start(SmscSettings.forTests().withPort(port).withLogSize(1_000_000));
        smscs.add(smsc);
        return smsc;
    }

    @Test
    void what_a_dead_provider_did_not_take_goes_to_the_other_and_nothing_it_took_does() throws Exception {
        SimulatedSmsc first = smsc(0);
        SimulatedSmsc second = smsc(0);
        Path configuration =
                Files.writeString(directory.resolve("sms.yaml"), """
                    providers:
                      - {alias: a, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345", window: 100}
                      - {alias: b, type: smpp, host: 127.0.0.1, port: %d, system-id: demo, password: secret, from: "12345", window: 100}
                    routes:
                      - {name: either, when: {}, to: [a, b]}
                    """.formatted(first.port(), second.port()));
        try (SmsProcess up = SmsProcess.start(
                Map.of(),
                "up",
                "--json",
                "--config",
                configuration.toString(),
                "--port-base",
                Integer.toString(FreePorts.sevenInARow()))) {
            JsonNode ready = up.ready();
            Map<String, String> address = Map.of(
                    "SMS_KAFKA__BOOTSTRAP_SERVERS", ready.path("kafka").asText(),
                    "SMS_SCHEMA_REGISTRY__URL", ready.path("registry").asText());
            Instant died;
            Instant back;
            SimulatedSmsc again;
            try (SmsPublisher publisher = SmsPublisher.connect(Map.of(
                    "bootstrap.servers", ready.path("kafka").asText(),
                    "schema.registry.url", ready.path("registry").asText()))) {
                // The promise is of a service that runs, not of the first seconds of a JVM.
                publish(publisher, Duration.ofSeconds(PROOFS ? 25 : 5));
                died = Instant.now();
                first.close();
                publish(publisher, Duration.ofSeconds(8));
                again = smsc(first.port());
                back = Instant.now();
                publishUntilTaken(publisher, again);
                publish(publisher, Duration.ofSeconds(PROOFS ? 30 : 2));
            }
            Awaitility.await("each is at an SMSC")
                    .atMost(SmsProcess.PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> received(first, again, second).keySet().containsAll(published.keySet()));

            Map<String, List<Event>> stories = stories(address);
            Set<String> atSecond = texts(second);
            atSecond.removeIf(text -> !isAcceptedBy("a", stories.get(text)));
            assertThat(atSecond)
                    .as("accepted by the first, and sent to the second all the same")
                    .isEmpty();
            figures(first, again, second, died, back, stories);
            assertThat(up.stop()).isZero();
        }
    }

    /** Until the one that came back has traffic again: its binds wait with a backoff that chance has a part in. */
    private void publishUntilTaken(SmsPublisher publisher, SimulatedSmsc again) {
        long begin = System.nanoTime();
        while (again.messages().isEmpty()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("without traffic for the first after it came back")
                    .isLessThan(SmsProcess.PATIENCE);
            publish(publisher, Duration.ofSeconds(1));
        }
    }

    /** So many a second, each to a handset of its own. */
    private void publish(SmsPublisher publisher, Duration time) {
        long begin = System.nanoTime();
        long count = time.toSeconds() * A_SECOND;
        for (long i = 0; i < count; i++) {
            long wait = begin + TimeUnit.SECONDS.toNanos(i) / A_SECOND - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            String text = "message " + published.size();
            published.put(text, Instant.now());
            publisher.publish(Sms.to("+4477%08d".formatted(published.size())).text(text));
        }
    }

    private static Set<String> texts(SimulatedSmsc smsc) {
        Set<String> texts = new HashSet<>();
        smsc.messages().forEach(message -> texts.add(message.text()));
        return texts;
    }

    private static Map<String, List<ReceivedMessage>> received(SimulatedSmsc... all) {
        Map<String, List<ReceivedMessage>> received = new HashMap<>();
        for (SimulatedSmsc smsc : all) {
            smsc.messages()
                    .forEach(message -> received.computeIfAbsent(message.text(), text -> new ArrayList<>())
                            .add(message));
        }
        return received;
    }

    /** One thing that is on record of a message. */
    private record Event(Instant at, String kind, String provider) {}

    private static boolean isAcceptedBy(String alias, List<Event> story) {
        return story.stream().anyMatch(event -> event.kind.equals("ACCEPTED") && event.provider.equals(alias));
    }

    /** What is on record of each message, by its text. */
    private static Map<String, List<Event>> stories(Map<String, String> address) {
        Map<String, List<Event>> ofId = new HashMap<>();
        try (SmsProcess watch = SmsProcess.start(address, "watch", "event", "--to-end", "--json")) {
            assertThat(watch.exitCode()).isZero();
            for (String line : watch.lines()) {
                JsonNode event = SmsProcess.parsed(line);
                ofId.computeIfAbsent(event.path("messageId").asText(), id -> new ArrayList<>())
                        .add(new Event(
                                Instant.parse(event.path("at").asText()),
                                event.path("kind").asText().intern(),
                                event.path("provider").asText("").intern()));
            }
        }
        Map<String, List<Event>> stories = new HashMap<>();
        try (SmsProcess watch = SmsProcess.start(address, "watch", "outgoing", "--to-end", "--json")) {
            assertThat(watch.exitCode()).isZero();
            for (String line : watch.lines()) {
                JsonNode message = SmsProcess.parsed(line);
                stories.put(
                        message.path("content").findPath("text").asText(),
                        ofId.getOrDefault(message.path("id").asText(), List.of()));
            }
        }
        return stories;
    }

    /** Where the time of a message went: milliseconds after it was published. */
    private String story(String text, List<Event> events) {
        return events.stream()
                .sorted(Comparator.comparing(Event::at))
                .map(event -> event.kind + " " + event.provider + " +"
                        + Duration.between(published.get(text), event.at).toMillis())
                .collect(Collectors.joining(", "));
    }

    private void figures(
            SimulatedSmsc first,
            SimulatedSmsc again,
            SimulatedSmsc second,
            Instant died,
            Instant back,
            Map<String, List<Event>> stories) {
        Duration longest = Duration.ZERO;
        String last = "";
        int concerned = 0;
        int late = 0;
        for (ReceivedMessage message : second.messages()) {
            Instant at = published.get(message.text());
            if (at.isBefore(died.plusSeconds(3))) {
                Instant from = at.isAfter(died) ? at : died;
                Duration took = Duration.between(from, message.receivedAt());
                concerned++;
                late += took.compareTo(Duration.ofSeconds(5)) > 0 ? 1 : 0;
                if (took.compareTo(longest) > 0) {
                    longest = took;
                    last = message.text() + ", published "
                            + Duration.between(died, at).toMillis() + " ms after the death: "
                            + story(message.text(), stories.get(message.text()));
                }
            }
        }
        TreeMap<Long, Integer> perSecond = new TreeMap<>();
        again.messages()
                .forEach(message -> perSecond.merge(
                        Duration.between(back, message.receivedAt()).toSeconds(), 1, Integer::sum));
        // A second in which the machine paused is made good in the next: neither is a burst.
        long most = perSecond.keySet().stream()
                .mapToLong(at -> perSecond.subMap(at, at + 3).values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()
                        / 3)
                .max()
                .orElse(0);
        long firstOnes = perSecond.isEmpty()
                ? 0
                : perSecond.headMap(perSecond.firstKey() + 5).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
        int twice = received(first, again, second).values().stream()
                .mapToInt(all -> all.size() - 1)
                .sum();
        System.out.println("FailoverIT at " + A_SECOND + "/s: the last message that the dead provider had not taken was"
                + " with the other after " + longest.toMillis() + " ms (" + last + "; " + late + " of " + concerned
                + " took more than 5 s); back, the first got a second " + perSecond
                + "; submitted twice because no answer came: " + twice);
        if (PROOFS) {
            assertThat(longest).isLessThan(Duration.ofSeconds(5));
            assertThat(most).as("a second, on average of three").isLessThanOrEqualTo(A_SECOND * 11 / 10);
            assertThat(firstOnes).as("in the first five seconds").isLessThan(5 * A_SECOND / 2);
        }
    }
}
