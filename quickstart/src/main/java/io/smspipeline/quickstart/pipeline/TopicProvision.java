package io.smspipeline.quickstart.pipeline;

import io.smspipeline.schemas.registry.RegistrySettings;
import io.smspipeline.schemas.registry.RestSchemaRegistry;
import io.smspipeline.schemas.topic.RedriveTopic;
import io.smspipeline.schemas.topic.TopicScale;
import io.smspipeline.schemas.topic.TopicSetup;
import io.smspipeline.service.settings.KafkaSettings;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.StartUpFault;
import io.smspipeline.settings.Section;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Topics and subjects of a configured pipeline. For use by one thread. */
public final class TopicProvision {
    private final ServiceSettings settings;

    /** For the cluster and registry the settings name. */
    public TopicProvision(ServiceSettings settings) {
        this.settings = settings;
    }

    /** The aliases of a configuration, without looking at what its providers need. */
    public static List<String> aliases(Section root) {
        return root.aliased("providers").stream()
                .map(provider -> provider.readInPart().alias())
                .filter(alias -> !alias.isEmpty())
                .toList();
    }

    /** The scale that fits a cluster: three copies where there are three brokers, one where there are fewer. */
    public static TopicScale scaleFor(KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.admin("topics"))) {
            int brokers = admin.describeCluster().nodes().get().size();
            return brokers < TopicScale.CLUSTER.replicationFactor() ? TopicScale.LOCAL : TopicScale.CLUSTER;
        } catch (ExecutionException e) {
            throw new StartUpFault(
                    "the brokers at " + kafka.bootstrapServers()
                            + " (kafka.bootstrap.servers) do not say who they are: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartUpFault("interrupted while asking the brokers", e);
        }
    }

    /**
     * Creates what is missing.
     *
     * @return what still differs, one sentence each
     */
    public List<String> apply(List<String> aliases) {
        return with(setup -> setup.apply(aliases));
    }

    /** What differs, one sentence each. */
    public List<String> check(List<String> aliases) {
        return with(setup -> setup.check(aliases));
    }

    /** Creates the topics through which these groups get dead letters again, where they are missing. */
    public void redrive(List<String> groups) {
        if (groups.isEmpty()) {
            return;
        }
        try (Admin admin = Admin.create(settings.kafka().admin("topics"))) {
            new RedriveTopic(admin, settings.topics().topics()).create(groups);
        } catch (KafkaException | IllegalArgumentException e) {
            throw new StartUpFault(String.valueOf(e.getMessage()), e);
        }
    }

    private interface Work {
        List<String> on(TopicSetup setup);
    }

    private List<String> with(Work work) {
        try (Admin admin = Admin.create(settings.kafka().admin("topics"))) {
            RestSchemaRegistry registry = new RestSchemaRegistry(
                    RegistrySettings.from(settings.kafka().producer("topics")));
            return work.on(new TopicSetup(
                    admin,
                    registry,
                    settings.topics().topics(),
                    settings.topics().scale()));
        } catch (KafkaException e) {
            throw new StartUpFault(String.valueOf(e.getMessage()), e);
        }
    }
}
