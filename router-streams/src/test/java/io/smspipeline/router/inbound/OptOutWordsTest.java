package io.smspipeline.router.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.record.InboundMessage;
import io.smspipeline.record.OptOut;
import io.smspipeline.router.fixture.Messages;
import io.smspipeline.schemas.trust.TrustedRecords;
import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import io.smspipeline.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a handset says about being written to. */
class OptOutWordsTest {
    static {
        TrustedRecords.trust();
    }

    private static InboundMessage message(String from, String text) {
        return InboundMessage.newBuilder()
                .setId("i1")
                .setProvider("a")
                .setFrom(from)
                .setTo("+12345")
                .setText(text)
                .setReceivedAt(Messages.NOW)
                .build();
    }

    private static String said(OptOutWords words, String text) {
        return words.said(message("447700900123", text))
                .map(said -> said.getHandset() + " " + said.getSender() + " " + (said.getOptedOut() ? "out" : "in"))
                .orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "STOP,             +447700900123 12345 out",
        "' stop. ',        +447700900123 12345 out",
        "«Arrêt»!,         +447700900123 12345 out",
        "стоп,             +447700900123 12345 out",
        "Stop  all,        +447700900123 * out",
        "STOPALL,          +447700900123 * out",
        "Start,            +447700900123 12345 in",
        "unstop,           +447700900123 12345 in",
        "When does it end?, nothing",
        "stop by tomorrow, nothing",
        "HELP,             nothing",
        "'',               nothing",
    })
    void a_whole_message_of_such_a_word_says_it_and_nothing_else_does(String text, String meaning) {
        assertThat(said(OptOutWords.DEFAULT, text)).isEqualTo(meaning);
    }

    @Test
    void what_is_sent_by_no_handset_says_nothing() {
        assertThat(OptOutWords.DEFAULT.said(message("MyBank", "STOP")).map(OptOut::getHandset))
                .isEmpty();
    }

    private static OptOutWords read(String yaml) {
        Settings settings = Settings.parse(yaml, Map.of(), ServiceSettings.TOP_LEVEL);
        OptOutWords words = OptOutWords.read(settings.root());
        settings.faults().throwIfAny();
        return words;
    }

    @Test
    void the_words_are_those_that_are_configured() {
        OptOutWords words = read("opt-out: {stop: [genug], start: [doch, ja bitte]}");

        assertThat(said(words, "Genug!")).isEqualTo("+447700900123 12345 out");
        assertThat(said(words, "JA BITTE")).isEqualTo("+447700900123 12345 in");
        assertThat(said(words, "STOP")).isEqualTo("nothing");
        assertThat(said(words, "STOP ALL")).isEqualTo("+447700900123 * out");
    }

    @Test
    void a_word_cannot_mean_two_things() {
        assertThatThrownBy(() -> read("opt-out: {stop: [basta], start: [basta]}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("opt-out.start");
    }
}
