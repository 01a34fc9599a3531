package io.smspipeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where there is a kubectl, it renders what the other tests look at. */
class KustomizeAgreesTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void say_when_nothing_is_compared() {
        if (!isInstalled()) {
            System.err.println(
                    "KustomizeAgreesTest is skipped: kubectl is not on the path, so nothing is compared with it");
        }
    }

    static Stream<Path> kustomizations() {
        return Kustomization.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void kubectl_renders_the_same(Path kustomization) throws Exception {
        assumeTrue(isInstalled(), "kubectl is not on the path, so nothing is compared with it");

        List<ObjectNode> real = Kustomization.documents(kubectlKustomize(kustomization));

        assertThat(real).containsExactlyInAnyOrderElementsOf(Kustomization.rendered(kustomization));
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "kubectl")));
    }

    private String kubectlKustomize(Path kustomization) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", kustomization.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(kubectl.exitValue()).as(Files.readString(err)).isZero();
        // The name of a generated map ends in a hash of what it holds.
        return Files.readString(out).replaceAll("name: sms-config-[a-z0-9]{10}\\b", "name: sms-config");
    }
}
