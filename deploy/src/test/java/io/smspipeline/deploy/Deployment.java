package io.smspipeline.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything one kustomization puts on a cluster. */
record Deployment(String name, List<HasMetadata> resources) {
    /**
     * What makes pods.
     *
     * @param replicas of it
     */
    record Workload(HasMetadata owner, PodTemplateSpec template, int replicas) {
        String name() {
            return owner.getMetadata().getName();
        }

        boolean isService() {
            return owner instanceof StatefulSet;
        }

        Container container() {
            return template.getSpec().getContainers().get(0);
        }

        @Override
        public String toString() {
            return owner.getKind() + " " + name();
        }
    }

    static Deployment of(String name, Path directory) throws JsonProcessingException {
        List<HasMetadata> resources = new ArrayList<>();
        for (ObjectNode resource : Kustomization.rendered(directory)) {
            resources.add(KubernetesModel.read(resource));
        }
        return new Deployment(name, resources);
    }

    static List<Deployment> all() throws JsonProcessingException {
        List<Deployment> all = new ArrayList<>();
        for (var each : Kustomization.all().entrySet()) {
            all.add(of(each.getKey(), each.getValue()));
        }
        return all;
    }

    <R extends HasMetadata> List<R> every(Class<R> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<Workload> workloads() {
        List<Workload> all = new ArrayList<>();
        every(StatefulSet.class)
                .forEach(each -> all.add(new Workload(
                        each, each.getSpec().getTemplate(), each.getSpec().getReplicas())));
        every(Job.class)
                .forEach(each -> all.add(new Workload(each, each.getSpec().getTemplate(), 1)));
        return all;
    }

    List<Workload> services() {
        return workloads().stream().filter(Workload::isService).toList();
    }

    ConfigMap configMap(String wanted) {
        return every(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no ConfigMap " + wanted + " in " + name));
    }

    @Override
    public String toString() {
        return name;
    }
}
