package io.smspipeline.provider.generic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A text with places for values: {@code ${to}}. What stands between {@code $(} and {@code $)} is left out when one of the
 * values in it is empty. Values are escaped for where they stand. Immutable.
 */
final class Template {
    private final List<Piece> pieces;
    private final Escaping escaping;

    private sealed interface Piece {
        record Fixed(String text) implements Piece {}

        record Place(String name) implements Piece {}

        record Optional(List<Piece> pieces) implements Piece {}
    }

    private Template(List<Piece> pieces, Escaping escaping) {
        this.pieces = List.copyOf(pieces);
        this.escaping = escaping;
    }

    /** @throws IllegalArgumentException when something opens and does not close, with a sentence for who wrote it */
    static Template parse(String text, Escaping escaping) {
        return new Template(new Reader(text).pieces(false), escaping);
    }

    /** The names in it. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        collect(pieces, names);
        return names;
    }

    private static void collect(List<Piece> pieces, Set<String> names) {
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Place place) {
                names.add(place.name);
            } else if (piece instanceof Piece.Optional optional) {
                collect(optional.pieces, names);
            }
        }
    }

    /** With its values. @param values answers each name; empty where there is nothing */
    String filled(Function<String, String> values) {
        StringBuilder text = new StringBuilder();
        write(pieces, values, text);
        return text.toString();
    }

    private void write(List<Piece> some, Function<String, String> values, StringBuilder text) {
        for (Piece piece : some) {
            if (piece instanceof Piece.Fixed fixed) {
                text.append(fixed.text);
            } else if (piece instanceof Piece.Place place) {
                text.append(escaping.escaped(values.apply(place.name)));
            } else {
                List<Piece> optional = ((Piece.Optional) piece).pieces;
                Set<String> names = new LinkedHashSet<>();
                collect(optional, names);
                if (names.stream().noneMatch(name -> values.apply(name).isEmpty())) {
                    write(optional, values, text);
                }
            }
        }
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        List<Piece> pieces(boolean inside) {
            List<Piece> pieces = new ArrayList<>();
            StringBuilder fixed = new StringBuilder();
            while (at < text.length()) {
                if (text.startsWith("${", at) || text.startsWith("$(", at)) {
                    flush(fixed, pieces);
                    pieces.add(text.charAt(at + 1) == '{' ? place() : optional());
                } else if (inside && text.startsWith("$)", at)) {
                    flush(fixed, pieces);
                    return pieces;
                } else {
                    fixed.append(text.charAt(at++));
                }
            }
            if (inside) {
                throw new IllegalArgumentException("a part that opens with $( does not close: write $) behind it");
            }
            flush(fixed, pieces);
            return pieces;
        }

        private static void flush(StringBuilder fixed, List<Piece> pieces) {
            if (fixed.length() > 0) {
                pieces.add(new Piece.Fixed(fixed.toString()));
                fixed.setLength(0);
            }
        }

        private Piece place() {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw new IllegalArgumentException(
                        "a place that opens with ${ does not close: write } behind its name");
            }
            String name = text.substring(at + 2, end).strip();
            at = end + 1;
            return new Piece.Place(name);
        }

        private Piece optional() {
            at += 2;
            Piece optional = new Piece.Optional(pieces(true));
            at += 2;
            return optional;
        }
    }
}
