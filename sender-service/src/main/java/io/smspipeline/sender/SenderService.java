package io.smspipeline.sender;

import io.micrometer.core.instrument.MeterRegistry;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.InboundSink;
import io.smspipeline.provider.Provider;
import io.smspipeline.provider.Replica;
import io.smspipeline.provider.Wiring;
import io.smspipeline.record.ControlMode;
import io.smspipeline.record.ProviderState;
import io.smspipeline.schemas.serde.RecordSerdes;
import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.StartUpFault;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
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
     * @param failed told when a sender stopped by a fault and only a new process can help; once or more, on any thread
     * @throws StartUpFault when the brokers cannot be reached, a topic is missing, or the clients' settings are unusable
     */
    public SenderService(
            SenderSettings settings,
            ServiceSettings service,
            RecordSerdes serdes,
            List<ConfiguredProvider> providers,
            InboundSink inbound,
            MeterRegistry meters,
            Clock clock,
            Consumer<Throwable> failed) {
        SenderContext context = new SenderContext(
                settings,
                service.topics().topics(),
                serdes,
                service.kafka().consumer("sender"),
                service.kafka().producer("sender"),
                Integer.toString(settings.instance().number()),
                meters,
                clock);
        Replica replica = settings.instance().replica();
        Wiring wiring =
                new Wiring(clock, inbound, replica, meters, service.log().personalData());
        try (Admin admin = Admin.create(service.kafka().admin("sender"))) {
            for (ConfiguredProvider provider : providers) {
                if (provider.servedBy(replica)) {
                    int partitions = partitions(admin, context.topics(), provider.alias());
                    senders.add(sender(provider.open(wiring), provider, partitions, context, failed));
                }
            }
        } catch (KafkaException e) {
            close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new StartUpFault("the section kafka cannot be used by a sender: " + cause.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static AliasSender sender(
            Provider opened,
            ConfiguredProvider provider,
            int partitions,
            SenderContext context,
            Consumer<Throwable> failed) {
        try {
            return new AliasSender(
                    opened, provider.pace(context.settings().instance().replica()), partitions, context, failed);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static int partitions(Admin admin, Topics topics, String alias) {
        List<String> names = Stream.of(Lane.values())
                .map(lane -> topics.submit(alias, lane).name())
                .toList();
        try {
            return admin.describeTopics(names).allTopicNames().get().values().stream()
                    .mapToInt(topic -> topic.partitions().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new StartUpFault("the topics of provider " + alias + ", " + String.join(", ", names)
                        + ", do not all exist: run `./sms topics apply` first.");
            }
            throw new StartUpFault(
                    "cannot ask the brokers (kafka.bootstrap.servers) for the topics of provider " + alias + ": "
                            + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartUpFault("interrupted while asking the brokers for the topics of provider " + alias, e);
        }
    }

    /** Begins reading; nothing is submitted before {@link #feed}. */
    public void start() {
        senders.forEach(AliasSender::start);
    }

    /** Begins submitting, once it is known what operators want. */
    public void feed() {
        senders.forEach(AliasSender::feed);
    }

    /** How this process finds each provider it serves. */
    public List<ProviderState> states() {
        return senders.stream().map(AliasSender::state).toList();
    }

    /** What an operator wants of a provider from now on, whether this process serves it or not. */
    public void obey(String alias, ControlMode mode) {
        senders.stream().filter(sender -> sender.alias().equals(alias)).forEach(sender -> sender.obey(mode));
    }

    /** What keeps a sender from working; empty when all of them do. */
    public Optional<String> trouble() {
        return senders.stream().flatMap(sender -> sender.trouble().stream()).findFirst();
    }

    /** Sees through what was submitted, records it, leaves the group, unbinds. The senders of all providers do so at once. */
    @Override
    public void close() {
        atOnce("drain", AliasSender::close);
    }

    /** Stops as if the process were gone: waits for no answer and records none. The group is told, so as not to wait either. */
    void abandon() {
        atOnce("abandon", AliasSender::abandon);
    }

    private void atOnce(String what, Consumer<AliasSender> end) {
        List<Thread> ending = new ArrayList<>();
        for (AliasSender sender : senders) {
            Thread thread = new Thread(() -> end.accept(sender), what);
            thread.setDaemon(true);
            thread.start();
            ending.add(thread);
        }
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
