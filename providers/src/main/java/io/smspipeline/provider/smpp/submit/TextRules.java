package io.smspipeline.provider.smpp.submit;

import io.smspipeline.provider.WholeMessage;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.settings.Section;
import io.smspipeline.text.DefaultAlphabet;
import io.smspipeline.text.EncodingChoice;
import io.smspipeline.text.EncodingRules;
import io.smspipeline.text.NationalLanguage;
import io.smspipeline.text.Segmentation;
import io.smspipeline.text.TextEncoder;
import io.smspipeline.text.Transliteration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an account wants texts. Immutable.
 *
 * @param segmentation how long messages are told to be one
 * @param maxParts for messages that name no limit of their own, 1..255
 * @param alphabet what the SMSC reads where data_coding names its default alphabet
 * @param transliteration for messages that do not say themselves
 * @param languages whose national tables may be used
 */
public record TextRules(
        Segmentation segmentation,
        int maxParts,
        DefaultAlphabet alphabet,
        Transliteration transliteration,
        List<NationalLanguage> languages) {
    private static final String LANGUAGES = Stream.of(NationalLanguage.values())
            .map(language -> language.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));

    public TextRules {
        languages = List.copyOf(languages);
    }

    /** Faults are recorded. @param tlvs whether the interface version has any */
    static TextRules read(Section s, boolean tlvs) {
        Segmentation segmentation = s.choice("segmentation", Segmentation.class).orElse(Segmentation.UDH8);
        if (!tlvs && (segmentation == Segmentation.SAR || segmentation == Segmentation.PAYLOAD)) {
            s.fault(
                    "segmentation",
                    "needs TLVs, which interface-version 3.3 does not have",
                    "set udh8 or udh16, or interface-version 3.4");
        }
        DefaultAlphabet alphabet =
                s.choice("default-alphabet", DefaultAlphabet.class).orElse(DefaultAlphabet.GSM);
        List<NationalLanguage> languages = languages(s);
        if (!languages.isEmpty() && (alphabet == DefaultAlphabet.LATIN1 || alphabet == DefaultAlphabet.ASCII)) {
            s.fault(
                    "national-languages",
                    "are tables of GSM 03.38, which an SMSC that reads another default-alphabet does not know",
                    "leave them out, or set default-alphabet to gsm");
            languages = List.of();
        }
        return new TextRules(
                segmentation,
                s.integer("max-parts").between(1, TextEncoder.MAX_PARTS).orElse(TextEncoder.MAX_PARTS),
                alphabet,
                s.choice("transliteration", Transliteration.class).orElse(Transliteration.NEVER),
                languages);
    }

    private static List<NationalLanguage> languages(Section s) {
        List<NationalLanguage> languages = new ArrayList<>();
        for (String name : s.list("national-languages").orElse(List.of())) {
            NationalLanguage language = language(name);
            if (language == null) {
                s.fault("national-languages", "has " + name + ", which is none of " + LANGUAGES, "name some of these");
            } else {
                languages.add(language);
            }
        }
        return languages;
    }

    private static @Nullable NationalLanguage language(String name) {
        return Stream.of(NationalLanguage.values())
                .filter(language -> language.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElse(null);
    }

    /** How the characters of this message become octets. */
    EncodingRules encoding(OutgoingMessage message, MessageParams params) {
        return new EncodingRules(
                WholeMessage.choice(message.getEncoding()),
                params.transliteration() == null ? transliteration : params.transliteration(),
                languages,
                alphabet);
    }

    /** For commands that have no data_coding. */
    EncodingRules inDefaultAlphabet() {
        return new EncodingRules(EncodingChoice.GSM7, transliteration, List.of(), alphabet);
    }
}
