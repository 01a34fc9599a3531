package io.smspipeline.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The characters of {@code transliteration.tsv}, and how a text is rewritten with them. Immutable. */
final class ReplacementTable {
    static final ReplacementTable TYPOGRAPHY = read("transliteration.tsv");

    private final Map<Integer, String> replacements;

    private ReplacementTable(Map<Integer, String> replacements) {
        this.replacements = Map.copyOf(replacements);
    }

    /** A text, and what was replaced in it. */
    record Rewritten(String text, List<Replacement> replaced) {}

    private static ReplacementTable read(String name) {
        Map<Integer, String> replacements = new HashMap<>();
        try (InputStream in = ReplacementTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside this class: the library is not whole.");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    String[] columns = line.split("\t", -1);
                    replacements.put(Integer.parseInt(columns[0], 16), characters(columns[1]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReplacementTable(replacements);
    }

    private static String characters(String codePoints) {
        StringBuilder characters = new StringBuilder();
        if (!codePoints.isEmpty()) {
            for (String codePoint : codePoints.split(" ", -1)) {
                characters.appendCodePoint(Integer.parseInt(codePoint, 16));
            }
        }
        return characters.toString();
    }

    Map<Integer, String> replacements() {
        return replacements;
    }

    /** The text with what can be replaced of that which an alphabet lacks; what it carries stays. */
    Rewritten rewrite(String text, IntPredicate carried) {
        StringBuilder rewritten = new StringBuilder(text.length());
        List<Replacement> replaced = new ArrayList<>();
        int next;
        for (int at = 0; at < text.length(); at = next) {
            next = endOfCharacter(text, at);
            String original = text.substring(at, next);
            String replacement = replacement(original, carried);
            if (replacement == null) {
                // Marks that cannot be joined to their letter are each looked at by themselves.
                next = at + Character.charCount(text.codePointAt(at));
                original = text.substring(at, next);
                replacement = replacement(original, carried);
            }
            if (replacement != null) {
                replaced.add(new Replacement(at, original, replacement));
            }
            rewritten.append(replacement == null ? original : replacement);
        }
        return new Rewritten(rewritten.toString(), List.copyOf(replaced));
    }

    /** Behind the combining marks of the character at {@code at}. */
    private static int endOfCharacter(String text, int at) {
        int end = at + Character.charCount(text.codePointAt(at));
        while (end < text.length() && Character.getType(text.codePointAt(end)) == Character.NON_SPACING_MARK) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** Null when it is carried as it is, or nothing stands for it. */
    private @Nullable String replacement(String original, IntPredicate carried) {
        if (original.codePoints().allMatch(carried)) {
            return null;
        }
        int first = original.codePointAt(0);
        String known = Character.charCount(first) == original.length() ? replacements.get(first) : null;
        if (known == null) {
            known = Normalizer.normalize(original, Normalizer.Form.NFC);
        }
        return known.codePoints().allMatch(carried) ? known : null;
    }
}
