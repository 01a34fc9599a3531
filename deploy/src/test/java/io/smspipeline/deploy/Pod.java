package io.smspipeline.deploy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.smspipeline.deploy.Deployment.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One pod of a workload as its process would see it: files where its volumes are mounted, below a directory of the test, and
 * its environment. A secret has the keys that the README tells to make.
 */
final class Pod {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

    private final Map<String, Path> mounts = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> arguments;

    private Pod(List<String> arguments) {
        this.arguments = arguments;
    }

    /**
     * @param index among the workload's replicas, from 0
     * @param root empty; becomes the pod's file system
     * @param secrets name of a secret to its keys and values
     */
    static Pod of(
            Deployment deployment, Workload workload, int index, Path root, Map<String, Map<String, String>> secrets)
            throws IOException {
        Container container = workload.container();
        Pod pod = new Pod(container.getArgs());
        for (VolumeMount mount : container.getVolumeMounts()) {
            Path directory =
                    Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
            pod.mounts.put(mount.getMountPath(), directory);
        }
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = workload.template().getSpec().getVolumes().stream()
                    .filter(each -> each.getName().equals(mount.getName()))
                    .findFirst()
                    .orElseThrow();
            pod.fill(root.resolve(mount.getMountPath().substring(1)), content(deployment, volume, secrets));
        }
        for (EnvVar variable : container.getEnv()) {
            pod.environment.put(variable.getName(), pod.valueOf(variable, index));
        }
        return pod;
    }

    private static Map<String, String> content(
            Deployment deployment, Volume volume, Map<String, Map<String, String>> secrets) {
        if (volume.getConfigMap() != null) {
            return deployment.configMap(volume.getConfigMap().getName()).getData();
        }
        if (volume.getSecret() != null) {
            String secret = volume.getSecret().getSecretName();
            Map<String, String> content = secrets.get(secret);
            if (content == null) {
                throw new AssertionError("nobody is told to make secret " + secret);
            }
            return content;
        }
        return Map.of();
    }

    private void fill(Path directory, Map<String, String> content) throws IOException {
        for (Map.Entry<String, String> file : content.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), here(file.getValue()));
        }
    }

    /** The text with the pod's paths as the test's. */
    private String here(String text) {
        String paths = mounts.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w./-])(" + paths + ")(?=/)")
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(mounts.get(found.group(1)))));
    }

    private String valueOf(EnvVar variable, int index) {
        if (variable.getValueFrom() != null) {
            String path = variable.getValueFrom().getFieldRef().getFieldPath();
            if (!path.equals("metadata.labels['apps.kubernetes.io/pod-index']")) {
                throw new AssertionError(variable.getName() + " comes from " + path + ", which is not known here");
            }
            return Integer.toString(index);
        }
        Matcher references = REFERENCE.matcher(variable.getValue());
        // Only what stands above is known, as in Kubernetes; the rest stays as it is written.
        return here(references.replaceAll(
                found -> Matcher.quoteReplacement(environment.getOrDefault(found.group(1), found.group()))));
    }

    Map<String, String> environment() {
        return environment;
    }

    Path configuration() {
        return Path.of(here(arguments.get(arguments.indexOf("--config") + 1)));
    }
}
