package io.smspipeline.provider.generic;

import com.fasterxml.jackson.core.JsonPointer;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How callbacks are read, all pointers within one of {@code each}. Immutable.
 *
 * @param each where the array stands of which each element is one callback; the root: the request is one, or an array of them
 * @param states the provider's words, without regard to case; empty for callbacks of messages from handsets
 */
record CallbackRules(
        JsonPointer each,
        Finder id,
        Finder from,
        Finder to,
        Finder text,
        Finder at,
        Finder state,
        Finder code,
        Map<String, ReceiptState> states) {
    /** Both kinds, and what is answered. @param status null when none come; {@code im} too */
    record Both(
            @Nullable CallbackRules status,
            @Nullable CallbackRules im,
            int replyStatus,
            String replyType,
            String replyBody) {
        static Both read(Section s) {
            Section reply = s.section("reply");
            return new Both(
                    s.has("status") ? CallbackRules.read(s.section("status"), true) : null,
                    s.has("im") ? CallbackRules.read(s.section("im"), false) : null,
                    reply.integer("status").between(200, 299).orElse(204),
                    reply.text("content-type").orElse(""),
                    reply.text("body").orElse(""));
        }

        boolean isEmpty() {
            return status == null && im == null;
        }
    }

    CallbackRules {
        Map<String, ReceiptState> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(states);
        states = folded;
    }

    private static CallbackRules read(Section s, boolean receipts) {
        String each = s.text("each")
                .matching(text -> text.startsWith("/"), "a JSON pointer such as /results")
                .orElse("");
        Map<String, ReceiptState> states = new LinkedHashMap<>();
        if (receipts) {
            Section words = s.section("states");
            for (String word : words.keys()) {
                states.put(word, words.choice(word, ReceiptState.class).required());
            }
            if (states.isEmpty()) {
                s.fault("states", "names no state", "say what the provider's words mean, such as DELIVERED: delivered");
            }
        }
        return new CallbackRules(
                JsonPointer.compile(each),
                required(s, "id", receipts),
                required(s, "from", !receipts),
                Finder.read(s, "to"),
                required(s, "text", !receipts),
                Finder.read(s, "at"),
                required(s, "state", receipts),
                Finder.read(s, "code"),
                states);
    }

    private static Finder required(Section s, String key, boolean needed) {
        Finder finder = Finder.read(s, key);
        if (needed && finder.isNowhere() && !s.has(key)) {
            s.fault(key, "is missing", "say where it stands, as a JSON pointer such as /" + key);
        }
        return finder;
    }
}
