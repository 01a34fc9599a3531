package io.smspipeline.router;

import io.smspipeline.schemas.topic.Lane;
import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import io.smspipeline.service.start.StartUpFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Whether the topics are there, and alike where they must be: a message is found again by the partition of its key, in
 * whichever topic it lies.
 */
final class TopicCheck {
    private TopicCheck() {}

    /**
     * How the topics were made.
     *
     * @param partitions how many the topics that are read have
     * @param replicas of each partition: our own topics are to be as safe as those they continue
     */
    record Layout(int partitions, int replicas) {}

    /**
     * How the topics are laid out.
     *
     * @throws StartUpFault naming what is missing or differs
     */
    static Layout layout(Map<String, Object> admin, Topics topics, List<String> aliases) {
        Map<String, TopicDescription> found = found(admin);
        Set<String> missing = new LinkedHashSet<>();
        for (String name : needed(topics, aliases)) {
            if (!found.containsKey(name)) {
                missing.add(name);
            }
        }
        if (!missing.isEmpty()) {
            throw new StartUpFault((missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing)
                    + (missing.size() == 1 ? " does not exist" : " do not exist")
                    + ": run `./sms topics apply` first.");
        }
        Map<String, Integer> counts = new TreeMap<>();
        for (Topic<?> topic : read(topics)) {
            TopicDescription description = found.get(topic.name());
            counts.put(
                    topic.name(),
                    description == null ? 0 : description.partitions().size());
        }
        if (new LinkedHashSet<>(counts.values()).size() > 1) {
            throw new StartUpFault("topics that are read together have different partition counts " + counts
                    + ", so one key would lie in different partitions: recreate the odd ones with the count of the"
                    + " others, using `./sms topics apply`.");
        }
        TopicDescription outgoing =
                Objects.requireNonNull(found.get(topics.outgoing().name()));
        return new Layout(
                outgoing.partitions().size(),
                outgoing.partitions().get(0).replicas().size());
    }

    private static List<Topic<?>> read(Topics topics) {
        return List.of(
                topics.outgoing(),
                topics.outgoingHigh(),
                topics.returned(),
                topics.returnedHigh(),
                topics.event(),
                topics.accepted(),
                topics.receipt(),
                topics.mo(),
                topics.command(),
                topics.optOut());
    }

    private static List<String> needed(Topics topics, List<String> aliases) {
        List<String> names = new ArrayList<>();
        read(topics).forEach(topic -> names.add(topic.name()));
        names.add(topics.providerState().name());
        names.add(topics.providerControl().name());
        names.add(topics.routes().name());
        names.add(topics.providerQuality().name());
        names.add(topics.status().name());
        names.add(topics.inbound().name());
        names.add(topics.deadLetter());
        for (String alias : aliases) {
            for (Lane lane : Lane.values()) {
                names.add(topics.submit(alias, lane).name());
            }
        }
        return names;
    }

    private static Map<String, TopicDescription> found(Map<String, Object> properties) {
        Map<String, TopicDescription> found = new TreeMap<>();
        try (Admin admin = Admin.create(properties)) {
            Set<String> names = admin.listTopics().names().get();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                found.put(topic.name(), topic);
            }
            return found;
        } catch (ExecutionException e) {
            throw new StartUpFault(
                    "cannot ask the brokers (kafka.bootstrap.servers) for their topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartUpFault("interrupted while asking the brokers for their topics", e);
        }
    }
}
