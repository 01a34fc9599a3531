package io.smspipeline.proving.ground;

import io.smspipeline.quickstart.Sms;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jar {@code ./sms} starts, with every service in it, and the archive of prepared classes beside it if there is one. */
final class CommandLineJar {
    private CommandLineJar() {}

    /**
     * What starts a JVM.
     *
     * @param main of the class whose arguments are to follow
     */
    static List<String> command(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        Path jar = whereItIs();
        boolean besideItsLibraries = Files.isDirectory(jar.resolveSibling("lib"));
        Path archive = jar.resolveSibling("quickstart.jsa");
        if (besideItsLibraries && Files.exists(archive)) {
            // Left aside without a word when it does not fit: that is a matter of speed alone.
            command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"));
        }
        command.addAll(List.of(
                "-cp",
                // Otherwise it is in a repository, or in classes alone.
                besideItsLibraries ? jar.toString() : System.getProperty("java.class.path"),
                main.getName()));
        return command;
    }

    private static Path whereItIs() {
        try {
            return Path.of(Sms.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the command line's own jar has no address: " + e.getMessage(), e);
        }
    }
}
