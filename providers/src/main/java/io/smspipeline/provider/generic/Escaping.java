package io.smspipeline.provider.generic;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.smspipeline.provider.http.Call;
import java.util.Locale;

/** How a value is written so that it stays a value, whatever characters it has. */
enum Escaping {
    /** Within the quotes of a JSON string (RFC 8259 7). */
    JSON {
        @Override
        String escaped(String value) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
    },
    /** In a form, a path or a query: percent signs, in UTF-8. */
    URL {
        @Override
        String escaped(String value) {
            return Call.encoded(value);
        }
    },
    /** In XML text or an attribute's value; what XML 1.0 2.2 has no room for becomes a replacement character. */
    XML {
        @Override
        String escaped(String value) {
            StringBuilder text = new StringBuilder(value.length() + 16);
            value.codePoints().forEach(c -> {
                switch (c) {
                    case '&' -> text.append("&amp;");
                    case '<' -> text.append("&lt;");
                    case '>' -> text.append("&gt;");
                    case '"' -> text.append("&quot;");
                    case '\'' -> text.append("&apos;");
                    default ->
                        text.appendCodePoint(
                                c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c != 0xFFFE && c != 0xFFFF
                                        ? c
                                        : 0xFFFD);
                }
            });
            return text.toString();
        }
    },
    /** In a header's value: on one line. */
    HEADER {
        @Override
        String escaped(String value) {
            return value.replaceAll("[\\r\\n\\x00]", " ");
        }
    },
    /** As it is. */
    NONE {
        @Override
        String escaped(String value) {
            return value;
        }
    };

    abstract String escaped(String value);

    /** That of a body of this type. */
    static Escaping ofBody(String contentType) {
        String type =
                contentType.toLowerCase(Locale.ROOT).replaceFirst(";.*", "").strip();
        if (type.endsWith("json")) {
            return JSON;
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return URL;
        }
        return type.endsWith("xml") ? XML : NONE;
    }
}
