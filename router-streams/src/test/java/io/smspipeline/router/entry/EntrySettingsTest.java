package io.smspipeline.router.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smspipeline.service.settings.ServiceSettings;
import io.smspipeline.settings.Settings;
import io.smspipeline.settings.SettingsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntrySettingsTest {
    private static EntrySettings read(String yaml) {
        Settings settings = Settings.parse(yaml, Map.of(), ServiceSettings.TOP_LEVEL);
        EntrySettings read = EntrySettings.read(settings.root(), Map.of());
        settings.faults().throwIfAny();
        return read;
    }

    @Test
    void without_a_word_nothing_is_capped_and_a_day_is_remembered() {
        assertThat(read("{}")).isEqualTo(EntrySettings.DEFAULT);
    }

    @Test
    void everything_may_be_said() {
        EntrySettings read = read("""
            recipients: {check: valid, default-region: GB, regions: {acme: US}}
            deduplication: {ids: 6h, keys: 10m}
            caps:
              - {name: codes, per: recipient, most: 5, within: 10m, then: hold}
              - {per: prefix, digits: 4, to-prefix: ["+882", "883"], most: 100, within: 1h}
              - {per: label.module, most: 1000, within: 1h}
            """);

        assertThat(read.recipients()).isEqualTo(new Recipients(Recipients.Check.VALID, "GB", Map.of("acme", "US")));
        assertThat(read.ids()).isEqualTo(Duration.ofHours(6));
        assertThat(read.keys()).isEqualTo(Duration.ofMinutes(10));
        assertThat(read.caps())
                .containsExactly(
                        new Cap("codes", new Cap.Subject.Recipient(), List.of(), 5, Duration.ofMinutes(10), true),
                        new Cap(
                                "cap 2",
                                new Cap.Subject.Prefix(4),
                                List.of("+882", "+883"),
                                100,
                                Duration.ofHours(1),
                                false),
                        new Cap("cap 3", new Cap.Subject.Label("module"), List.of(), 1000, Duration.ofHours(1), false));
    }

    @Test
    void every_fault_is_told_with_its_key() {
        assertThatThrownBy(() -> read("""
            recipients: {check: strict, default-region: England}
            caps:
              - {name: a, per: colour, most: 5, within: 10m}
              - {name: a, per: recipient, most: 5, within: 10m, then: wait, to-prefix: "0"}
            """))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("recipients.check")
                .hasMessageContaining("recipients.default-region")
                .hasMessageContaining("caps[0].per")
                .hasMessageContaining("caps[1].name")
                .hasMessageContaining("caps[1].then")
                .hasMessageContaining("caps[1].to-prefix");
    }
}
