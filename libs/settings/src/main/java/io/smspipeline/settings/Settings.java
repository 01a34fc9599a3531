package io.smspipeline.settings;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one process: one YAML file, over it the environment. Read sections from {@link #root()}, then ask
 * {@link #faults()} for everything that was wrong, unknown keys included. For use by one thread, at start.
 *
 * <pre>{@code
 * Settings settings = Settings.read(file, System.getenv(), Set.of("kafka", "health"));
 * int port = settings.root().section("health").integer("port").between(0, 65535).orElse(8080);
 * settings.faults().throwIfAny();
 * }</pre>
 */
public final class Settings {
    private final Reading reading;
    private final Opened place;
    private final Set<String> topLevel;

    private Settings(Reading reading, Node.Mapping yaml, Set<String> topLevel) {
        this.reading = reading;
        this.place = new Opened("", Environment.PREFIX, yaml);
        this.topLevel = Set.copyOf(topLevel);
    }

    /**
     * Reads a file and takes the environment over it.
     *
     * @param file the YAML file in UTF-8, or null when there is none
     * @param environment usually {@link System#getenv()}; variables that do not begin with {@code SMS_} are ignored
     * @param topLevel every top-level name that some service knows: a process reads only the sections it uses, yet a name
     *     that nobody knows is a fault
     */
    public static Settings read(@Nullable Path file, Map<String, String> environment, Set<String> topLevel) {
        Reading reading = new Reading(new Environment(environment));
        Node.Mapping yaml = file == null ? Node.Mapping.EMPTY : YamlFile.read(file, reading::fault);
        return new Settings(reading, yaml, topLevel);
    }

    /** As {@link #read}, from text. */
    public static Settings parse(String yaml, Map<String, String> environment, Set<String> topLevel) {
        Reading reading = new Reading(new Environment(environment));
        return new Settings(reading, YamlFile.parse(yaml, reading::fault), topLevel);
    }

    /** The whole of the settings. */
    public Section root() {
        return new Section(place, reading, "");
    }

    /**
     * Reads everything with one function and insists that it is right.
     *
     * @throws SettingsException with all faults when there is any
     */
    public <T> T as(Function<Section, T> reader) {
        var made = root().made(reader);
        faults().throwIfAny();
        return made.orElseThrow();
    }

    /** All faults of what was read so far, then the keys and variables that nobody asked for. */
    public Faults faults() {
        Set<Fault> all = new LinkedHashSet<>(reading.faults());
        all.addAll(new UnknownKeys(place, reading, topLevel).find());
        return new Faults(List.copyOf(all));
    }

    /**
     * The settings as they were resolved, defaults included where they were read, as YAML. Secrets are masked: those read as
     * such, and by its name every value that may hold one.
     */
    public String print() {
        return EffectiveYaml.of(place);
    }
}
