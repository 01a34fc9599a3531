package io.smspipeline.router.inbound;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.OptOut;
import io.smspipeline.record.OptOutOrigin;
import io.smspipeline.schemas.address.Msisdn;
import io.smspipeline.schemas.optout.OptOutKey;
import io.smspipeline.settings.Section;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * By which words a handset says that it wants no more messages, or wants them again. The whole message must be such a word or
 * phrase, in any case and whatever stands around it: a question about the end of the month is no opt-out. Immutable.
 *
 * @param stop nothing more from the number it is sent to
 * @param stopAll nothing more from anybody here
 * @param start messages from the number it is sent to are wanted
 */
public record OptOutWords(Set<String> stop, Set<String> stopAll, Set<String> start) {
    // Before the words, which are made with them.
    private static final Pattern AROUND = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");

    /** In English as carriers ask for it, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian. */
    public static final OptOutWords DEFAULT = new OptOutWords(
            Set.of(
                    "STOP",
                    "UNSUBSCRIBE",
                    "CANCEL",
                    "END",
                    "QUIT",
                    "REVOKE",
                    "OPTOUT",
                    "STOPP",
                    "ABMELDEN",
                    "ARRET",
                    "ARRÊT",
                    "ALTO",
                    "BAJA",
                    "PARAR",
                    "SAIR",
                    "ANNULLA",
                    "AFMELDEN",
                    "СТОП"),
            Set.of("STOPALL", "STOP ALL", "STOP ALLE", "STOP TOUT"),
            Set.of("START", "UNSTOP", "SUBSCRIBE", "ANMELDEN", "ALTA", "AANMELDEN", "СТАРТ"));

    public OptOutWords {
        stop = normalised(stop);
        stopAll = normalised(stopAll);
        start = normalised(start);
    }

    /** Reads the section {@code opt-out}: a list that is given replaces the usual one. Faults are recorded in the settings. */
    static OptOutWords read(Section root) {
        Section section = root.section("opt-out");
        OptOutWords words = new OptOutWords(
                words(section, "stop", DEFAULT.stop),
                words(section, "stop-all", DEFAULT.stopAll),
                words(section, "start", DEFAULT.start));
        ambiguous(section, "stop-all", words.stopAll, words.stop::contains);
        ambiguous(section, "start", words.start, word -> words.stop.contains(word) || words.stopAll.contains(word));
        return words;
    }

    private static Set<String> words(Section section, String key, Set<String> usual) {
        return section.list(key).optional().<Set<String>>map(Set::copyOf).orElse(usual);
    }

    private static void ambiguous(Section section, String key, Set<String> words, Predicate<String> other) {
        words.stream()
                .filter(other)
                .sorted()
                .forEach(word ->
                        section.fault(key, "'" + word + "' means something else too", "keep it in one of the lists"));
    }

    private static Set<String> normalised(Set<String> words) {
        return words.stream().map(OptOutWords::normalised).collect(Collectors.toUnmodifiableSet());
    }

    private static String normalised(String text) {
        return BLANKS.matcher(AROUND.matcher(text).replaceAll(""))
                .replaceAll(" ")
                .toUpperCase(Locale.ROOT);
    }

    /** What a message says about being written to; empty when it is about something else, or of no handset. */
    Optional<OptOut> said(InboundMessage message) {
        String text = message.getText();
        if (text == null || text.length() > 100) {
            return Optional.empty();
        }
        String word = normalised(text);
        boolean everybody = stopAll.contains(word);
        boolean wanted = start.contains(word);
        if (!everybody && !wanted && !stop.contains(word)) {
            return Optional.empty();
        }
        return Msisdn.parse(message.getFrom())
                .number()
                .map(handset -> everybody
                        ? OptOutKey.ofEverybody(handset.value())
                        : OptOutKey.of(handset.value(), message.getTo()))
                .map(key -> new OptOut(
                        key.handset(), key.sender(), !wanted, OptOutOrigin.KEYWORD, word, message.getReceivedAt()));
    }
}
