package io.smspipeline.provider.generic;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpStatus;
import io.smspipeline.provider.http.Remedy;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.FailureCode;
import io.smspipeline.settings.Section;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What answers mean. Immutable.
 *
 * @param id where the message's id stands
 * @param state where the word stands that says whether it was taken; nowhere: 2xx with an id is acceptance
 * @param taken the words that mean that it was
 * @param code where an error's code stands
 * @param text where its words stand
 * @param errors what codes mean; those that are not here go by the HTTP status
 */
record AnswerRules(
        Finder id, Finder state, List<String> taken, Finder code, Finder text, Map<String, ErrorRow> errors) {
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);

    /** What a code asks us to do. */
    private enum As {
        REJECTED(Remedy.NEVER, FailureCode.REQUEST),
        THROTTLED(Remedy.SLOW_DOWN, FailureCode.LIMITS),
        UNREACHABLE(Remedy.LATER, FailureCode.SERVER),
        ACCOUNT(Remedy.ACCOUNT, FailureCode.AUTH);

        private final Remedy remedy;
        private final FailureCode usual;

        As(Remedy remedy, FailureCode usual) {
            this.remedy = remedy;
            this.usual = usual;
        }
    }

    AnswerRules {
        taken = List.copyOf(taken);
        errors = Map.copyOf(errors);
    }

    /** Reads {@code id}, {@code state}, {@code taken}, {@code code}, {@code text} and {@code errors}. */
    static AnswerRules read(Section s) {
        Finder id = Finder.read(s, "id");
        if (id.isNowhere() && !s.has("id")) {
            s.fault("id", "is missing", "say where the message's id stands, such as /messages/0/id");
        }
        Finder state = Finder.read(s, "state");
        List<String> taken = state.isNowhere() ? List.of() : s.list("taken").required();
        return new AnswerRules(
                id, state, taken, Finder.read(s, "code"), Finder.read(s, "text"), errors(s.section("errors")));
    }

    private static Map<String, ErrorRow> errors(Section s) {
        Map<String, ErrorRow> errors = new LinkedHashMap<>();
        for (String code : s.keys()) {
            if (s.hasSection(code)) {
                Section one = s.section(code);
                As as = one.choice("as", As.class).required();
                errors.put(
                        code,
                        new ErrorRow(
                                code,
                                one.choice("code", FailureCode.class).orElse(as.usual),
                                as.remedy,
                                one.duration("retry-after")
                                        .atLeast(Duration.ZERO)
                                        .orElse(as == As.UNREACHABLE ? USUAL_PAUSE : Duration.ZERO),
                                one.integer("tries").atLeast(0).orElse(0),
                                one.text("text").orElse(as.name().toLowerCase(Locale.ROOT))));
            } else {
                As as = s.choice(code, As.class).required();
                errors.put(
                        code,
                        new ErrorRow(
                                code,
                                as.usual,
                                as.remedy,
                                as == As.UNREACHABLE ? USUAL_PAUSE : Duration.ZERO,
                                0,
                                as.name().toLowerCase(Locale.ROOT)));
            }
        }
        return errors;
    }

    /** @param safe whether a repeat is recognised by the provider */
    Verdict meaning(String alias, HttpAnswer answer, Duration retryAfter, boolean safe) {
        JsonNode json = answer.json();
        String found = id.in(json, answer::text);
        String word = state.in(json, answer::text);
        boolean accepted = answer.isSuccess() && (state.isNowhere() || taken.contains(word));
        if (accepted && !found.isEmpty()) {
            return new Verdict.Taken(found);
        }
        String told = code.in(json, answer::text);
        String words = text.in(json, answer::text);
        ErrorRow row = row(told, word);
        if (row != null) {
            return row.refusal(alias, words, retryAfter);
        }
        if (!answer.isSuccess() || accepted || word.isEmpty()) {
            return HttpStatus.meaning(alias, answer, words.isEmpty() ? answer.shownText() : words, retryAfter, safe);
        }
        return ErrorRow.undocumented(told.isEmpty() ? word : told).refusal(alias, words, retryAfter);
    }

    private @Nullable ErrorRow row(String told, String word) {
        ErrorRow row = told.isEmpty() ? null : errors.get(told);
        return row == null && !word.isEmpty() ? errors.get(word) : row;
    }
}
