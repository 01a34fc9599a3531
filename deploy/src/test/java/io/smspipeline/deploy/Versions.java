package io.smspipeline.deploy;

import java.util.Objects;

/** What the build says of itself. */
final class Versions {
    private Versions() {}

    /** The version images are tagged with. */
    static String project() {
        return Objects.requireNonNull(System.getProperty("project.version"), "surefire sets project.version");
    }
}
