package io.smspipeline.router.routing;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.smspipeline.record.Priority;
import io.smspipeline.settings.Section;
import io.smspipeline.text.Encoding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code when} of a route. For one section, by one thread. */
final class ConditionReader {
    private static final Pattern PREFIX = Pattern.compile("\\+?[1-9][0-9]{0,14}");
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,2})(?:-([1-9][0-9]{0,2})|(\\+))?");
    private static final String LABEL = "label.";
    private static final String NUMBER_TYPE = "number-type";
    private static final Set<String> KNOWN = Set.of(
            "to-prefix",
            "country",
            NUMBER_TYPE,
            "sender",
            "priority",
            "parts",
            "encoding",
            "submission",
            "tenant",
            "time",
            "day",
            "zone");

    private final Section when;
    private final List<Condition> conditions = new ArrayList<>();
    private boolean sound;

    ConditionReader(Section when) {
        this.when = when;
    }

    /** What is asked for; what is faulty is left out. */
    List<Condition> read() {
        Set<String> keys = when.keys();
        sound = keys.stream().allMatch(key -> KNOWN.contains(key) || isLabel(key));
        toPrefix();
        oneOf(Condition.Fact.COUNTRY, text -> checkCountry(when, "country", upper(text)) ? upper(text) : null);
        numberType();
        oneOf(Condition.Fact.SENDER, text -> text);
        keys.stream().filter(ConditionReader::isLabel).forEach(this::label);
        oneOf(Condition.Fact.PRIORITY, text -> constant(Priority.class, "priority", "is no priority", text));
        parts();
        oneOf(Condition.Fact.ENCODING, text -> constant(Encoding.class, "encoding", "is no encoding", text));
        oneOf(Condition.Fact.SUBMISSION, text -> text);
        oneOf(Condition.Fact.TENANT, text -> text);
        TimeWindowReader times = new TimeWindowReader(when);
        if (times.isThere()) {
            TimeWindow window = times.read();
            sound &= times.isSound();
            conditions.add(new Condition.During(window));
        }
        return conditions;
    }

    /** Whether what was read is all that stands there. */
    boolean isSound() {
        return sound;
    }

    private static boolean isLabel(String key) {
        return key.startsWith(LABEL) && key.length() > LABEL.length();
    }

    private void toPrefix() {
        List<String> prefixes = when.list("to-prefix").orElse(List.of());
        for (String prefix : prefixes) {
            sound &= checkPrefix(when, "to-prefix", prefix);
        }
        if (!prefixes.isEmpty()) {
            conditions.add(new Condition.ToPrefix(prefixes.stream()
                    .map(prefix -> prefix.startsWith("+") ? prefix : "+" + prefix)
                    .toList()));
        }
    }

    private void label(String key) {
        List<String> values = when.list(key).orElse(List.of());
        if (values.isEmpty()) {
            when.fault(key, "has no value", "write the value that the label must have");
            sound = false;
        }
        conditions.add(new Condition.LabelIs(key.substring(LABEL.length()), values));
    }

    /** @param form the value as it is compared, or null after a fault was reported */
    private void oneOf(Condition.Fact fact, UnaryOperator<@Nullable String> form) {
        List<String> values = new ArrayList<>();
        for (String text : when.list(fact.key()).orElse(List.of())) {
            String value = form.apply(text);
            sound &= value != null;
            if (value != null) {
                values.add(value);
            }
        }
        if (!values.isEmpty()) {
            conditions.add(new Condition.Is(fact, values));
        }
    }

    private void numberType() {
        Set<NumberType> types = EnumSet.noneOf(NumberType.class);
        for (String text : when.list(NUMBER_TYPE).orElse(List.of())) {
            String name = constant(NumberType.class, NUMBER_TYPE, "is no kind of number", text);
            sound &= name != null;
            if (name != null) {
                types.add(NumberType.valueOf(name));
            }
        }
        if (!types.isEmpty()) {
            conditions.add(new Condition.NumberTypeIs(types));
        }
    }

    private void parts() {
        List<Condition.PartsIn.Span> spans = new ArrayList<>();
        for (String text : when.list("parts").orElse(List.of())) {
            Matcher matcher = SPAN.matcher(text.strip());
            int from = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 1;
            int to = !matcher.matches() || matcher.group(3) != null
                    ? Integer.MAX_VALUE
                    : matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            if (!matcher.matches() || to < from) {
                when.fault("parts", "'" + text + "' is no number of parts", "write 1, 2-5 or 6+");
                sound = false;
            }
            spans.add(new Condition.PartsIn.Span(from, to));
        }
        if (!spans.isEmpty()) {
            conditions.add(new Condition.PartsIn(spans));
        }
    }

    private <E extends Enum<E>> @Nullable String constant(Class<E> type, String key, String complaint, String text) {
        String name = upper(text).replace('-', '_');
        if (Stream.of(type.getEnumConstants()).anyMatch(one -> one.name().equals(name))) {
            return name;
        }
        String known = Stream.of(type.getEnumConstants())
                .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
        when.fault(key, "'" + text + "' " + complaint, "write one of " + known);
        return null;
    }

    private static String upper(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    /** Reports what is no ISO 3166-1 alpha-2 code of a country with telephones. */
    static boolean checkCountry(Section section, String key, String country) {
        if (PhoneNumberUtil.getInstance().getSupportedRegions().contains(country)) {
            return true;
        }
        section.fault(key, "'" + country + "' is no country", "write two letters of ISO 3166-1, such as GB or DE");
        return false;
    }

    /** Reports what no number in E.164 begins with. */
    static boolean checkPrefix(Section section, String key, String prefix) {
        if (PREFIX.matcher(prefix).matches()) {
            return true;
        }
        section.fault(
                key,
                "'" + prefix + "' is not how a number in E.164 begins",
                "write a plus sign and the first digits, such as \"+44\"");
        return false;
    }
}
