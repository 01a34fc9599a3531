package io.smspipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.smspipeline.deploy.Deployment.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests are what Kubernetes knows, fit together, and run pods with as few rights as they need. */
class ManifestTest {
    static List<Deployment> deployments() throws JsonProcessingException {
        return Deployment.all();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void every_service_and_the_topics_are_there(Deployment deployment) {
        assertThat(deployment.workloads())
                .extracting(Workload::name)
                .containsExactlyInAnyOrder("sms-router", "sms-sender", "sms-receiver", "sms-topics");
    }

    @Test
    void a_field_that_kubernetes_does_not_know_is_an_error() throws IOException {
        ObjectNode wrong = Kustomization.documents("""
                        apiVersion: apps/v1
                        kind: StatefulSet
                        metadata: {name: x}
                        spec: {template: {spec: {containers: [{name: a, livenessProbe: {httpGets: {}}}]}}}
                        """).get(0);

        assertThatThrownBy(() -> KubernetesModel.read(wrong))
                .isInstanceOf(UnrecognizedPropertyException.class)
                .hasMessageContaining("httpGets");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void selectors_find_their_pods(Deployment deployment) {
        for (StatefulSet set : deployment.every(StatefulSet.class)) {
            Map<String, String> labels =
                    set.getSpec().getTemplate().getMetadata().getLabels();
            assertThat(labels).containsAllEntriesOf(set.getSpec().getSelector().getMatchLabels());
            assertThat(deployment.every(Service.class))
                    .filteredOn(each ->
                            each.getMetadata().getName().equals(set.getSpec().getServiceName()))
                    .singleElement()
                    .satisfies(service -> {
                        assertThat(labels)
                                .containsAllEntriesOf(service.getSpec().getSelector());
                        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
                    });
            assertThat(deployment.every(PodDisruptionBudget.class))
                    .filteredOn(each -> labels.entrySet()
                            .containsAll(each.getSpec()
                                    .getSelector()
                                    .getMatchLabels()
                                    .entrySet()))
                    .singleElement()
                    .satisfies(budget -> assertThat(
                                    budget.getSpec().getMaxUnavailable().getIntVal())
                            .isEqualTo(1));
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void probes_and_scrapers_ask_where_the_service_answers(Deployment deployment) {
        for (Workload workload : deployment.services()) {
            Container container = workload.container();
            int listening = Integer.parseInt(environment(container, "SMS_HEALTH__PORT"));
            ContainerPort port = container.getPorts().stream()
                    .filter(each -> each.getName().equals("health"))
                    .findFirst()
                    .orElseThrow();

            assertThat(port.getContainerPort()).isEqualTo(listening);
            assertThat(environment(container, "SMS_HEALTH__HOST")).isEqualTo("0.0.0.0");
            assertAsks(container.getLivenessProbe(), "/health/live");
            assertAsks(container.getReadinessProbe(), "/health/ready");
            assertThat(deployment.every(Service.class))
                    .filteredOn(each -> each.getMetadata().getName().equals(workload.name()))
                    .singleElement()
                    .satisfies(service -> assertThat(service.getSpec().getPorts())
                            .singleElement()
                            .satisfies(each -> {
                                assertThat(each.getPort()).isEqualTo(listening);
                                assertThat(each.getTargetPort().getStrVal()).isEqualTo("health");
                            }));
        }
    }

    private static void assertAsks(Probe probe, String path) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("health");
    }

    private static String environment(Container container, String name) {
        return container.getEnv().stream()
                .filter(each -> each.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not set"));
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void pods_run_with_as_few_rights_as_they_need(Deployment deployment) {
        for (Workload workload : deployment.workloads()) {
            PodSpec pod = workload.template().getSpec();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(pod.getContainers()).singleElement().satisfies(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .containsExactly("ALL");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                assertThat(container.getResources().getLimits().get("memory"))
                        .isEqualTo(container.getResources().getRequests().get("memory"));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void what_is_mounted_is_there_and_what_is_named_is_mounted(Deployment deployment) {
        for (Workload workload : deployment.workloads()) {
            PodSpec pod = workload.template().getSpec();
            List<VolumeMount> mounts = workload.container().getVolumeMounts();
            assertThat(mounts).extracting(VolumeMount::getName).doesNotHaveDuplicates();
            assertThat(pod.getVolumes())
                    .extracting(Volume::getName)
                    .containsExactlyInAnyOrderElementsOf(
                            mounts.stream().map(VolumeMount::getName).toList());
            assertThat(mounts)
                    .as("the root is read-only")
                    .extracting(VolumeMount::getMountPath)
                    .contains("/tmp");
            for (String argument : workload.container().getArgs()) {
                if (argument.startsWith("/")) {
                    assertThat(mounts)
                            .as(workload + " names " + argument)
                            .anyMatch(each -> argument.startsWith(each.getMountPath()));
                }
            }
            for (Volume volume : pod.getVolumes()) {
                if (volume.getConfigMap() != null) {
                    ConfigMap map = deployment.configMap(volume.getConfigMap().getName());
                    assertThat(workload.container().getArgs())
                            .containsAnyElementsOf(map.getData().keySet().stream()
                                    .map(key -> "/etc/sms/" + key)
                                    .toList());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void a_pod_learns_how_many_replicas_there_are(Deployment deployment) {
        for (Workload workload : deployment.services()) {
            List<String> told = workload.container().getEnv().stream()
                    .filter(each -> each.getName().equals("REPLICAS"))
                    .map(EnvVar::getValue)
                    .toList();

            if (workload.name().equals("sms-router")) {
                assertThat(told).as("partitions are shared out by Kafka").isEmpty();
            } else {
                assertThat(told)
                        .as(workload + " has as many replicas as REPLICAS says")
                        .containsExactly(Integer.toString(workload.replicas()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void all_images_are_of_one_release(Deployment deployment) {
        assertThat(deployment.workloads())
                .extracting(each -> each.container().getImage().replaceAll(".*:", ""))
                .hasSize(4)
                .containsOnly(deployment.name().equals("overlays/local") ? "local" : Versions.project());
    }

    @Test
    void no_secret_is_in_the_tree() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("kubernetes"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern("(?im)^\\s*-?\\s*(password|token|auth-token|sasl\\.jaas\\.config):")
                        .doesNotContain("kind: Secret\n");
            }
        }
    }

    @Test
    void resources_of_one_kind_have_names_of_their_own() throws JsonProcessingException {
        for (Deployment deployment : deployments()) {
            assertThat(deployment.resources())
                    .extracting(HasMetadata::getKind, each -> each.getMetadata().getName())
                    .doesNotHaveDuplicates();
        }
    }
}
