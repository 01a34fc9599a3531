package io.smspipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smspipeline.deploy.Deployment.Workload;
import io.smspipeline.provider.ConfiguredProvider;
import io.smspipeline.provider.Replica;
import io.smspipeline.receiver.ReceiverBlueprint;
import io.smspipeline.router.RouterBlueprint;
import io.smspipeline.sender.SenderBlueprint;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.service.start.Blueprint;
import io.smspipeline.settings.Settings;
import io.smspipeline.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed is configuration each service accepts, in each of its pods. */
class ConfigurationTest {
    private static final Map<String, Map<String, String>> SECRETS = Map.of(
            "sms-providers", Map.of("primary-password", "secret"),
            "sms-kafka", Map.of("jaas", "ScramLoginModule required;"));

    @TempDir
    private Path root;

    /** What a pod of a service reads. */
    private record Read<S>(S own, ServiceSettings shared) {}

    static List<Deployment> deployments() throws JsonProcessingException {
        return Deployment.all();
    }

    private static Workload service(Deployment deployment, String name) {
        return deployment.services().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @throws SettingsException when the service would refuse to start */
    private <S> List<Read<S>> eachPodReads(Blueprint<S> blueprint, Deployment deployment, String service)
            throws IOException {
        return eachPodReads(blueprint, deployment, service, Map.of());
    }

    private <S> List<Read<S>> eachPodReads(
            Blueprint<S> blueprint, Deployment deployment, String service, Map<String, String> changed)
            throws IOException {
        Workload workload = service(deployment, service);
        List<Read<S>> read = new ArrayList<>();
        for (int index = 0; index < workload.replicas(); index++) {
            Pod pod = Pod.of(deployment, workload, index, root.resolve(service + "-" + index), SECRETS);
            Map<String, String> environment = new HashMap<>(pod.environment());
            environment.putAll(changed);
            Settings settings = Settings.read(pod.configuration(), environment, ServiceSettings.TOP_LEVEL);
            ServiceSettings shared = ServiceSettings.read(settings.root());
            S own = blueprint.read(settings.root());
            settings.faults().throwIfAny();
            read.add(new Read<>(own, shared));
        }
        return read;
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void each_service_accepts_it_and_listens_where_it_is_probed(Deployment deployment) throws IOException {
        List<Read<?>> all = new ArrayList<>();
        all.addAll(eachPodReads(new RouterBlueprint(), deployment, "sms-router"));
        all.addAll(eachPodReads(new SenderBlueprint(), deployment, "sms-sender"));
        all.addAll(eachPodReads(new ReceiverBlueprint(), deployment, "sms-receiver"));

        assertThat(all).allSatisfy(each -> {
            assertThat(each.shared().health().host()).isEqualTo("0.0.0.0");
            assertThat(each.shared().health().port()).isEqualTo(8088);
        });
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void each_router_is_a_member_of_its_own(Deployment deployment) throws IOException {
        int replicas = service(deployment, "sms-router").replicas();

        assertThat(eachPodReads(new RouterBlueprint(), deployment, "sms-router"))
                .extracting(each -> each.own().replica())
                .hasSize(replicas)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void each_replica_of_sender_and_receiver_has_slots_of_its_own(Deployment deployment) throws IOException {
        List<Replica> senders = eachPodReads(new SenderBlueprint(), deployment, "sms-sender").stream()
                .map(each -> each.own().sender().instance().replica())
                .toList();
        List<Replica> receivers = eachPodReads(new ReceiverBlueprint(), deployment, "sms-receiver").stream()
                .map(each -> each.own().receiver().instance().replica())
                .toList();

        assertThat(senders).containsExactlyElementsOf(replicasOf(service(deployment, "sms-sender")));
        assertThat(receivers).containsExactlyElementsOf(replicasOf(service(deployment, "sms-receiver")));
    }

    private static List<Replica> replicasOf(Workload workload) {
        List<Replica> all = new ArrayList<>();
        for (int index = 0; index < workload.replicas(); index++) {
            all.add(new Replica(index, workload.replicas()));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void no_replica_is_without_a_connection(Deployment deployment) throws IOException {
        for (Read<SenderBlueprint.Settings> sender : eachPodReads(new SenderBlueprint(), deployment, "sms-sender")) {
            Replica replica = sender.own().sender().instance().replica();
            List<ConfiguredProvider> providers = sender.own().providers();

            assertThat(providers).isNotEmpty().allMatch(each -> each.servedBy(replica));
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void a_sender_may_drain_before_it_is_killed(Deployment deployment) throws IOException {
        long grace = service(deployment, "sms-sender").template().getSpec().getTerminationGracePeriodSeconds();

        for (Read<SenderBlueprint.Settings> sender : eachPodReads(new SenderBlueprint(), deployment, "sms-sender")) {
            Duration drain = sender.own().sender().drain();
            assertThat(Duration.ofSeconds(grace))
                    .isGreaterThan(drain.multipliedBy(3).plusSeconds(30));
        }
    }

    @Test
    void a_kafka_that_asks_who_is_there_is_told_from_a_file() throws IOException {
        Deployment deployment = Deployment.of("sasl", Kustomization.all().get("base with kafka-sasl"));

        assertThat(eachPodReads(new RouterBlueprint(), deployment, "sms-router"))
                .allSatisfy(each -> assertThat(each.shared().kafka().properties())
                        .containsEntry("sasl.jaas.config", "ScramLoginModule required;")
                        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
                        .containsEntry("security.protocol", "SASL_SSL"));
    }

    @Test
    void the_secrets_these_tests_make_are_those_the_readme_tells_to_make() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        SECRETS.forEach((secret, content) -> content.keySet()
                .forEach(key -> assertThat(readme)
                        .contains("kubectl create secret generic " + secret + " --from-file=" + key + "=FILE")));
    }

    @Test
    void a_router_needs_no_secret_of_a_provider() throws IOException {
        Deployment deployment = Deployment.of("base", Kustomization.all().get("base"));

        assertThat(service(deployment, "sms-router").template().getSpec().getVolumes())
                .allMatch(volume -> volume.getSecret() == null);
    }

    @Test
    void more_replicas_than_they_are_told_of_do_not_start() throws IOException {
        Deployment deployment = Deployment.of("base", Kustomization.all().get("base"));

        assertThatThrownBy(() -> eachPodReads(
                        new SenderBlueprint(), deployment, "sms-sender", Map.of("SMS_SENDER__REPLICA", "2/2")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("replica is 2/2");
    }
}
