package io.smspipeline.sender;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Wiring;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.StartUpFault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The senders of one process: one for each provider this replica has a connection to. Started and closed once, by one
 * thread; the rest is safe for use by many.
 */
public final class SenderService implements AutoCloseable {
    private final List<AliasSender> senders = new ArrayList<>();

    /**
     * Puts the parts together and opens the providers; nothing is read before {@link #start}.
     *
     * @param inbound where what comes over the senders' own sessions goes
     * @throws StartUpFault when the brokers cannot be reached or a topic is missing
     */
    public SenderService(
            SenderSettings settings,
            ServiceSettings service,
            RecordSerdes serdes,
            List<ConfiguredProvider> providers,
            InboundSink inbound,
            MeterRegistry meters,
            Clock clock) {
        Topics topics = service.topics().topics();
        SenderContext context = new SenderContext(
                settings,
                topics,
                serdes,
                service.kafka().consumer("sender"),
                service.kafka().producer("sender"),
                Integer.toString(settings.instance().number()),
                meters,
                clock);
        Wiring wiring = new Wiring(clock, inbound, settings.instance().replica(), meters);
        try (Admin admin = Admin.create(service.kafka().admin("sender"))) {
            for (ConfiguredProvider provider : providers) {
                if (provider.servedBy(settings.instance().replica())) {
                    Map<String, Integer> partitions = partitions(admin, topics, provider.alias());
                    Provider opened = provider.open(wiring);
                    senders.add(new AliasSender(
                            opened, provider.pace(settings.instance().replica()), partitions, context));
                }
            }
        }
    }

    private static Map<String, Integer> partitions(Admin admin, Topics topics, String alias) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (Lane lane : Lane.values()) {
            String topic = topics.submit(alias, lane).name();
            try {
                admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .forEach((name, found) ->
                                partitions.put(name, found.partitions().size()));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                    throw new StartUpFault("topic " + topic + " does not exist: run `./sms topics apply` first.");
                }
                throw new StartUpFault(
                        "cannot ask the brokers (kafka.bootstrap.servers) for topic " + topic + ": " + e.getMessage(),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartUpFault("interrupted while asking the brokers for topic " + topic, e);
            }
        }
        return partitions;
    }

    /** Begins reading and submitting. */
    public void start() {
        senders.forEach(AliasSender::start);
    }

    /** What keeps a sender from working; empty when all of them do. */
    public Optional<String> trouble() {
        for (AliasSender sender : senders) {
            String trouble = sender.trouble();
            if (trouble != null) {
                return Optional.of(trouble);
            }
        }
        return Optional.empty();
    }

    /** True when only a new process can help. */
    public boolean isBroken() {
        return senders.stream().anyMatch(AliasSender::isBroken);
    }

    /** Sees through what was submitted, records it, leaves the group, unbinds. The senders of all providers do so at once. */
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (AliasSender sender : senders) {
            Thread thread = new Thread(sender::close, "drain");
            thread.start();
            closing.add(thread);
        }
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
