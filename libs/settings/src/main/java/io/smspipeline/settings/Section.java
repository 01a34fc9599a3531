package io.smspipeline.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One place in the settings and the environment variables that reach it. Its getters never throw for what a person wrote:
 * they record a {@link Fault} and return a harmless placeholder, so that one run finds every fault. Each key asked for is
 * remembered; those nobody asked for are reported as unknown by {@link Settings#faults()}.
 *
 * <p>An empty value counts as absent, in the file as in the environment. For use by one thread, at start.
 */
public final class Section {
    /** An alias becomes part of topic and variable names, hence so narrow. */
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private static final String FILE = "-file";

    private final Opened place;
    private final Reading reading;
    private final String alias;

    Section(Opened place, Reading reading, String alias) {
        this.place = place;
        this.reading = reading;
        this.alias = alias;
        place.readerCame();
    }

    /** Where this is, such as {@code providers[0]}; empty for the root. */
    public String path() {
        return place.path;
    }

    /** The alias of an element of {@link #aliased}; empty elsewhere and when the alias was faulty. */
    public String alias() {
        return alias;
    }

    /** Whether the file or the environment says anything about the key, be it a value, a list or a section. */
    public boolean has(String key) {
        place.known.add(key);
        String variable = place.variable(key);
        return !(node(key) instanceof Node.Absent)
                || (variable != null
                        && (reading.environment().isSet(variable)
                                || reading.environment().anyUnder(variable + "__")));
    }

    /** Whether the file has a section behind the key, where a single value could stand too. */
    public boolean hasSection(String key) {
        return node(key) instanceof Node.Mapping;
    }

    /** The keys the file has here, in its order. Asking makes none of them known. */
    public Set<String> keys() {
        return new LinkedHashSet<>(place.yaml.entries().keySet());
    }

    /**
     * Says that the caller reads only some of the keys: those it does not ask for are no faults, unless another reader of the
     * same section claims to know them all.
     */
    public Section readInPart() {
        place.readerIsPartial();
        return this;
    }

    public Value<String> text(String key) {
        return value(key, "", text -> text, "a text", text -> SecretKeys.shown(key, text));
    }

    public Amount<Integer> integer(String key) {
        return amount(key, 0, Spelling::wholeNumber, "a whole number", number -> number);
    }

    public Amount<Double> decimal(String key) {
        return amount(key, 0.0, Spelling::number, "a number", number -> number);
    }

    public Value<Boolean> flag(String key) {
        return value(key, false, Spelling::truth, "true or false", truth -> truth);
    }

    /** {@code 500ms}, {@code 30s}, {@code 15m}, {@code 72h}, {@code 2d} or ISO-8601. */
    public Amount<Duration> duration(String key) {
        return amount(
                key,
                Duration.ofSeconds(1),
                Durations::parse,
                "a duration such as 500ms, 30s, 72h, 2d or PT30S",
                Durations::format);
    }

    /** A constant in lower case with dashes: {@code hex-submit-decimal-receipt}; case and underscores are forgiven. */
    public <E extends Enum<E>> Value<E> choice(String key, Class<E> type) {
        E[] constants = type.getEnumConstants();
        String names = Stream.of(constants).map(Spelling::dashed).collect(Collectors.joining(", "));
        return value(
                key,
                constants[0],
                text -> Stream.of(constants)
                        .filter(constant -> Spelling.dashed(constant)
                                .equals(text.strip().toLowerCase(Locale.ROOT).replace('_', '-')))
                        .findFirst()
                        .orElse(null),
                "one of " + names,
                Spelling::dashed);
    }

    /** An absolute address with a host, such as {@code http://localhost:8081}. */
    public Value<URI> uri(String key) {
        return value(
                key,
                URI.create("unset://unset"),
                Spelling::address,
                "an absolute address such as http://localhost:8081",
                uri -> SecretKeys.withoutUser(uri.toString()));
    }

    /** Read from {@code key}, from the file that {@code key-file} names, or from the environment; never shown. */
    public Value<Secret> secret(String key) {
        place.known.add(key + FILE);
        Node inline = node(key);
        Node file = node(key + FILE);
        String text = null;
        int before = reading.count();
        Environment.Found found = lookUp(key);
        if (found != null) {
            text = found.text();
        } else if (!(inline instanceof Node.Absent) && !(file instanceof Node.Absent)) {
            fault(key, key + " and " + key + FILE + " are both set", "keep one of them");
        } else if (file instanceof Node.Scalar name) {
            text = Environment.fileText(
                    name.text(), place.full(key + FILE), (what, todo) -> fault(key + FILE, what, todo));
            place.effective.put(key + FILE, name.text());
        } else if (inline instanceof Node.Scalar scalar) {
            text = scalar.text();
        } else if (!(inline instanceof Node.Absent)) {
            fault(key, "is " + inline.kind() + ", not a text", "write one value behind it");
        }
        return new Value<>(
                this,
                key,
                text == null || text.isEmpty() ? null : Secret.of(text),
                reading.count() > before,
                Secret.of(""),
                secret -> secret.isEmpty() ? "" : Secret.MASK);
    }

    /**
     * Where a secret comes from, for whoever wants to know it as it is later.
     *
     * @param first what {@link #secret} gave for the key
     */
    public SecretSource source(String key, Secret first) {
        String variable = place.variable(key);
        String file = variable == null ? null : reading.environment().file(variable);
        if (file == null
                && node(key + FILE) instanceof Node.Scalar name
                && (variable == null || !reading.environment().isSet(variable))) {
            file = name.text();
        }
        return file == null || first.isEmpty() ? SecretSource.fixed(first) : SecretSource.file(file, first);
    }

    /** A list of texts; one text alone is a list of it. In the environment separated by commas. */
    public Value<List<String>> list(String key) {
        int before = reading.count();
        Environment.Found found = lookUp(key);
        List<String> texts = new ArrayList<>();
        if (found != null) {
            Stream.of(found.text().split(","))
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .forEach(texts::add);
        } else if (node(key) instanceof Node.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                scalar(key + "[" + i + "]", sequence.items().get(i)).ifPresent(texts::add);
            }
        } else {
            scalar(key, node(key)).filter(text -> !text.isEmpty()).ifPresent(texts::add);
        }
        boolean absent = found == null && node(key) instanceof Node.Absent;
        return new Value<>(
                this,
                key,
                absent ? null : List.copyOf(texts),
                reading.count() > before,
                List.of(),
                list -> list.stream().map(text -> SecretKeys.shown(key, text)).toList());
    }

    /** Names with or without values, as a list {@code [primary, {us: 90}]} or as a section {@code {us: 90, primary: 10}}. */
    public List<Entry> entries(String key) {
        place.known.add(key);
        List<Entry> entries = new ArrayList<>();
        Node node = node(key);
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
        for (int i = 0; i < items.size(); i++) {
            String at = node instanceof Node.Sequence ? key + "[" + i + "]" : key;
            if (items.get(i) instanceof Node.Mapping mapping) {
                mapping.entries()
                        .forEach((name, value) -> entries.add(
                                new Entry(name, scalar(at + "." + name, value).orElse(null))));
            } else {
                scalar(at, items.get(i)).ifPresent(name -> entries.add(new Entry(name, null)));
            }
        }
        return entries;
    }

    /**
     * A section whose keys are not ours to know, verbatim: nested sections are flattened with dots, lists joined with commas.
     * {@code SMS_KAFKA__SASL_JAAS_CONFIG} overrides the key of the file that has that form, or else adds
     * {@code sasl.jaas.config}.
     */
    public Map<String, String> map(String key) {
        return map(key, Map.of());
    }

    /** As {@link #map(String)}, with values for keys that neither file nor environment name. */
    public Map<String, String> map(String key, Map<String, String> defaults) {
        place.known.add(key);
        Map<String, String> map = new LinkedHashMap<>(defaults);
        Node node = node(key);
        if (node instanceof Node.Mapping mapping) {
            new Flattening(place.full(key), reading, map).add("", mapping);
        } else {
            asMapping(key, node);
        }
        String variable = place.variable(key);
        if (variable != null) {
            String prefix = variable + "__";
            place.mapVariables.add(prefix);
            reading.environment()
                    .lookUpUnder(prefix, (what, todo) -> fault(key, what, todo))
                    .forEach((name, found) -> {
                        String dotted =
                                name.replace("__", ".").replace('_', '.').toLowerCase(Locale.ROOT);
                        String inFile = map.keySet().stream()
                                .filter(existing -> Environment.form(existing).equals(name))
                                .findFirst()
                                .orElse(dotted);
                        map.put(inFile, found.text());
                    });
        }
        Map<String, String> shown = new LinkedHashMap<>();
        map.forEach((name, text) -> shown.put(name, SecretKeys.shown(name, text)));
        if (!shown.isEmpty()) {
            place.effective.put(key, shown);
        }
        return map;
    }

    /** The section under this key; an empty one when absent, which the environment may still fill. */
    public Section section(String key) {
        place.known.add(key);
        Opened child = place.sections.computeIfAbsent(
                key,
                name -> reading.open(
                        place.full(name),
                        place.variables == null ? null : place.variable(name) + "__",
                        asMapping(name, node(name))));
        return new Section(child, reading, "");
    }

    /** The list of sections under this key, out of reach of the environment as its elements have no names. */
    public List<Section> sections(String key) {
        return elements(key).stream()
                .map(element -> new Section(element, reading, ""))
                .toList();
    }

    /**
     * What the file says under some keys, as one JSON document in the file's order with every value as text: read as YAML it
     * says the same again. The environment is not in it.
     */
    public String document(Collection<String> keys) {
        Map<String, Node> kept = new LinkedHashMap<>(place.yaml.entries());
        kept.keySet().retainAll(keys);
        return NodeJson.of(kept);
    }

    /**
     * The list of sections under this key, each with an {@code alias} of its own ({@code [a-z0-9][a-z0-9-]*}, at most 40), by
     * which the environment reaches it: {@code SMS_PROVIDERS__PRIMARY__PORT}. Elements with a faulty alias are returned too,
     * so that their other faults are found.
     */
    public List<Section> aliased(String key) {
        Map<String, String> pathOf = new LinkedHashMap<>();
        List<Section> sections = new ArrayList<>();
        for (Opened element : elements(key)) {
            Section unnamed = new Section(element, reading, "");
            String name = unnamed.text("alias")
                    .matching(
                            text -> ALIAS.matcher(text).matches(),
                            "an alias of at most 40 lower case letters, digits and dashes")
                    .required();
            String first = name.isEmpty() ? null : pathOf.putIfAbsent(name, element.path);
            if (first != null) {
                unnamed.fault("alias", name + " is already the alias of " + first, "give each an alias of its own");
            }
            unnamed.readInPart();
            sections.add(new Section(element, reading, name));
        }
        return sections;
    }

    /** Records a fault of the caller's own, with this section's path before the key. */
    public void fault(String key, String what, String whatToDo) {
        reading.fault(new Fault(key.isEmpty() ? place.path : place.full(key), what, whatToDo));
    }

    /**
     * Lets a record that checks itself be built from this section. Its {@link IllegalArgumentException} becomes a fault here,
     * unless other faults were found while it was built: then it only complains about their placeholders.
     */
    public <T> Optional<T> made(Function<Section, T> constructor) {
        int before = reading.count();
        try {
            return Optional.of(constructor.apply(this));
        } catch (IllegalArgumentException e) {
            if (reading.count() == before) {
                fault("", String.valueOf(e.getMessage()), "");
            }
            return Optional.empty();
        }
    }

    void missing(String key) {
        String variable = place.variable(key);
        String file = place.known.contains(key + FILE) ? " or " + key + FILE : "";
        fault(key, "is missing", "set " + key + file + (variable == null ? "" : ", or " + variable));
    }

    void wrong(String key, Object shown, String what, String whatToDo) {
        fault(key, source(key) + shown + " " + what, whatToDo);
    }

    void resolved(String key, Object shown) {
        if (!shown.equals("")) {
            place.effective.put(key, shown);
        }
    }

    private <T> Value<T> value(
            String key, T placeholder, Function<String, @Nullable T> parse, String kind, Function<T, Object> shown) {
        int before = reading.count();
        T parsed = parsed(key, parse, kind);
        return new Value<>(this, key, parsed, reading.count() > before, placeholder, shown);
    }

    private <T extends Comparable<T>> Amount<T> amount(
            String key, T placeholder, Function<String, @Nullable T> parse, String kind, Function<T, Object> shown) {
        int before = reading.count();
        T parsed = parsed(key, parse, kind);
        return new Amount<>(this, key, parsed, reading.count() > before, placeholder, shown);
    }

    private <T> @Nullable T parsed(String key, Function<String, @Nullable T> parse, String kind) {
        Environment.Found found = lookUp(key);
        String text = found != null ? found.text() : scalar(key, node(key)).orElse("");
        if (text.isEmpty()) {
            return null;
        }
        T parsed = parse.apply(text);
        if (parsed == null) {
            wrong(key, SecretKeys.shown(key, text), "is not " + kind, "write one");
        }
        return parsed;
    }

    private Environment.@Nullable Found lookUp(String key) {
        place.known.add(key);
        String variable = place.variable(key);
        return variable == null ? null : reading.environment().lookUp(variable, (what, todo) -> fault(key, what, todo));
    }

    /** Names the variable when the value is from there: the person at fault would look in the file in vain. */
    private String source(String key) {
        String variable = place.variable(key);
        return variable != null && reading.environment().isSet(variable) ? variable + " " : "";
    }

    private Node node(String key) {
        return place.yaml.entries().getOrDefault(key, new Node.Absent());
    }

    private Optional<String> scalar(String key, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (!(node instanceof Node.Absent)) {
            fault(key, "is " + node.kind() + ", not a single value", "write one value behind it");
        }
        return Optional.empty();
    }

    private Node.Mapping asMapping(String key, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        if (!(node instanceof Node.Absent)) {
            fault(key, "is " + node.kind() + ", not a section", "write keys below it, each with a value");
        }
        return Node.Mapping.EMPTY;
    }

    private List<Opened> elements(String key) {
        place.known.add(key);
        return place.lists.computeIfAbsent(key, name -> {
            Node node = node(name);
            if (!(node instanceof Node.Sequence sequence)) {
                if (!(node instanceof Node.Absent)) {
                    fault(name, "is " + node.kind() + ", not a list", "begin each element with a dash");
                }
                return List.of();
            }
            List<Opened> opened = new ArrayList<>();
            for (int i = 0; i < sequence.items().size(); i++) {
                String at = name + "[" + i + "]";
                Node.Mapping mapping = asMapping(at, sequence.items().get(i));
                opened.add(reading.open(place.full(at), elementVariables(name, mapping), mapping));
            }
            return opened;
        });
    }

    private @Nullable String elementVariables(String key, Node.Mapping element) {
        return place.variables != null
                        && element.entries().get("alias") instanceof Node.Scalar name
                        && ALIAS.matcher(name.text()).matches()
                ? place.variable(key) + "__" + Environment.form(name.text()) + "__"
                : null;
    }
}
