package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the file itself is said in one sentence each. */
class FileFaultsTest {
    @TempDir
    private Path folder;

    private static String faultsOf(String yaml) {
        return Settings.parse(yaml, Map.of(), Set.of("kafka", "health"))
                .faults()
                .report();
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path file = folder.resolve("absent.yaml");

        Faults faults = Settings.read(file, Map.of(), Set.of()).faults();

        assertThat(faults.report())
                .isEqualTo("1 fault in the configuration:\nthe configuration file " + file
                        + " does not exist; check its path");
    }

    @Test
    void a_folder_and_bytes_that_are_no_text_are_told_apart() throws Exception {
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xC3, (byte) 0x28});

        assertThat(Settings.read(folder, Map.of(), Set.of()).faults().report()).contains("is a folder");
        assertThat(Settings.read(bytes, Map.of(), Set.of()).faults().report()).contains("is not UTF-8");
    }

    @Test
    void no_file_and_an_empty_file_hold_no_settings_and_no_faults() {
        assertThat(Settings.read(null, Map.of(), Set.of()).faults().isEmpty()).isTrue();
        assertThat(Settings.parse("", Map.of(), Set.of()).faults().isEmpty()).isTrue();
        assertThat(Settings.parse("# nothing yet\n", Map.of(), Set.of())
                        .faults()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void a_malformed_file_is_told_by_its_place_and_quotes_none_of_its_lines() {
        assertThat(faultsOf("kafka:\n  a: 1\n password: hush\n"))
                .startsWith("1 fault in the configuration:\nthe file is not well-formed YAML in line 3")
                .doesNotContain("hush");
    }

    @Test
    void every_key_that_is_there_twice_is_reported_and_the_first_one_counts() {
        Settings settings = Settings.parse(
                "health: {port: 1, port: 2}\nkafka: {}\nhealth: {}\n", Map.of(), Set.of("kafka", "health"));

        assertThat(settings.root().section("health").integer("port").required()).isEqualTo(1);
        assertThat(settings.faults().report()).isEqualTo("""
                        2 faults in the configuration:
                        health.port: the key is there twice, again in line 1; keep one of them
                        health: the key is there twice, again in line 3; keep one of them""");
    }

    @Test
    void a_list_instead_of_sections_a_second_document_and_an_alias_are_refused() {
        assertThat(faultsOf("- a\n")).contains("the file holds a list, not sections");
        assertThat(faultsOf("kafka: {}\n---\nkafka: {}\n")).contains("more than one YAML document");
        assertThat(faultsOf("kafka: &k {}\nhealth: *k\n")).contains("health: a YAML alias (*k) is not supported");
    }

    @Test
    void a_top_level_name_nobody_knows_is_a_fault_and_one_that_another_service_knows_is_none() {
        assertThat(faultsOf("kafak: {}\nhealth: {port: 1}\n"))
                .isEqualTo("1 fault in the configuration:\nkafak: is not a known key; did you mean kafka?");
    }
}
