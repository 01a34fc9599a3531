package io.smspipeline.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typed getters: what they accept, and that a fault never stops the reading. */
class SectionTest {
    private static final Set<String> TOP_LEVEL = Set.of("a", "b", "list");

    enum Format {
        SAME,
        HEX_SUBMIT_DECIMAL_RECEIPT
    }

    @TempDir
    private Path folder;

    private final Settings settings = Settings.parse("""
            a:
              text: hello
              digits: 00123
              empty: ""
              nothing:
              number: 42
              decimal: 12.5
              truth: true
              short: 500ms
              iso: PT1M30S
              choice: hex-submit-decimal-receipt
              uri: http://localhost:8081
              items: [one, two]
              single: one
              inner: {x: 1, deep: {y: 2}, many: [p, q]}
            """, Map.of(), TOP_LEVEL);

    private final Section a = settings.root().section("a");

    private String faultLines() {
        return settings.faults().all().stream()
                .map(Fault::toString)
                .filter(line -> !line.contains("is not a known key"))
                .reduce("", (all, line) -> all.isEmpty() ? line : all + "\n" + line);
    }

    @Test
    void every_type_is_read_as_written() {
        assertThat(a.text("text").required()).isEqualTo("hello");
        assertThat(a.text("digits").required()).isEqualTo("00123");
        assertThat(a.integer("number").required()).isEqualTo(42);
        assertThat(a.decimal("decimal").required()).isEqualTo(12.5);
        assertThat(a.flag("truth").required()).isTrue();
        assertThat(a.duration("short").required()).isEqualTo(Duration.ofMillis(500));
        assertThat(a.duration("iso").required()).isEqualTo(Duration.ofSeconds(90));
        assertThat(a.choice("choice", Format.class).required()).isEqualTo(Format.HEX_SUBMIT_DECIMAL_RECEIPT);
        assertThat(a.uri("uri").required()).isEqualTo(URI.create("http://localhost:8081"));
        assertThat(a.list("items").required()).containsExactly("one", "two");
        assertThat(a.list("single").required()).containsExactly("one");
        assertThat(a.map("inner"))
                .containsExactly(Map.entry("x", "1"), Map.entry("deep.y", "2"), Map.entry("many", "p,q"));
        assertThat(settings.faults().all())
                .extracting(Fault::key)
                .as("an empty key is one nobody asked for, too")
                .containsExactly("a.empty", "a.nothing");
    }

    @Test
    void an_empty_value_counts_as_absent() {
        assertThat(a.text("empty").orElse("default")).isEqualTo("default");
        assertThat(a.text("nothing").orNull()).isNull();
        assertThat(a.integer("empty").optional()).isEmpty();
        assertThat(a.has("nothing")).isFalse();
        assertThat(a.section("nothing").keys()).isEmpty();
        assertThat(faultLines()).isEmpty();
    }

    @Test
    void a_wrong_value_is_reported_with_what_would_be_right_and_reading_goes_on() {
        a.integer("text").required();
        a.integer("decimal").orElse(1);
        a.decimal("text").required();
        a.flag("number").required();
        a.duration("number").required();
        a.choice("text", Format.class).required();
        a.uri("digits").required();
        a.text("inner").required();
        a.text("items").required();
        a.section("text");
        a.sections("inner");

        assertThat(faultLines()).isEqualTo("""
                        a.text: hello is not a whole number; write one
                        a.decimal: 12.5 is not a whole number; write one
                        a.text: hello is not a number; write one
                        a.number: 42 is not true or false; write one
                        a.number: 42 is not a duration such as 500ms, 30s, 72h, 2d or PT30S; write one
                        a.text: hello is not one of same, hex-submit-decimal-receipt; write one
                        a.digits: 00123 is not an absolute address such as http://localhost:8081; write one
                        a.inner: is a section, not a single value; write one value behind it
                        a.items: is a list, not a single value; write one value behind it
                        a.text: is a single value, not a section; write keys below it, each with a value
                        a.inner: is a section, not a list; begin each element with a dash""");
    }

    @Test
    void a_number_out_of_range_yields_the_nearest_harmless_one() {
        assertThat(a.integer("number").between(1000, 65535).required()).isEqualTo(1000);
        assertThat(a.duration("short").atLeast(Duration.ofSeconds(1)).orElse(Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(30));

        assertThat(faultLines()).isEqualTo("""
                        a.number: 42 is not between 1000 and 65535; set a value in that range
                        a.short: 500ms is below 1s; set that or more""");
    }

    @Test
    void a_value_may_have_to_match_a_rule_of_its_reader() {
        a.text("text")
                .matching(text -> text.startsWith("+"), "an international number")
                .required();

        assertThat(faultLines()).isEqualTo("a.text: hello is not an international number; correct it");
    }

    @Test
    void a_missing_key_says_how_to_set_it() {
        a.text("host").required();
        a.secret("password").required();

        assertThat(faultLines()).isEqualTo("""
                        a.host: is missing; set host, or SMS_A__HOST
                        a.password: is missing; set password or password-file, or SMS_A__PASSWORD""");
    }

    @Test
    void a_record_that_checks_itself_turns_into_a_fault() {
        assertThat(a.made(section -> {
                    throw new IllegalArgumentException("window.size is 0: room for one is needed. Set 1 or more.");
                }))
                .isEmpty();

        assertThat(faultLines()).isEqualTo("a: window.size is 0: room for one is needed. Set 1 or more.");
    }

    @Test
    void a_record_that_complains_about_a_placeholder_adds_no_second_fault() {
        assertThat(a.made(section -> {
                    section.integer("text").required();
                    throw new IllegalArgumentException("0 is no port");
                }))
                .isEmpty();

        assertThat(faultLines()).isEqualTo("a.text: hello is not a whole number; write one");
    }

    @Test
    void settings_read_in_one_go_are_right_or_an_exception_with_every_fault() {
        assertThatThrownBy(() -> settings.as(root -> root.section("b").text("x").required()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("b.x: is missing");
    }

    @Test
    void a_section_read_in_part_leaves_its_other_keys_alone_unless_somebody_reads_it_whole() {
        Settings parts = Settings.parse("a: {x: 1, y: 2, z: 3}\n", Map.of(), TOP_LEVEL);
        parts.root().section("a").readInPart().text("x").required();
        assertThat(parts.faults().isEmpty()).isTrue();

        parts.root().section("a").text("y").required();

        assertThat(parts.faults().all()).extracting(Fault::key).containsExactly("a.z");
    }

    @Test
    void aliases_are_narrow_and_each_element_has_its_own() {
        Settings list = Settings.parse("""
                list:
                  - {alias: good-1, x: 1}
                  - {alias: Bad One, x: 1}
                  - {x: 1}
                  - plain
                  - {alias: good-1, x: 1}
                """, Map.of(), TOP_LEVEL);

        list.root().aliased("list").forEach(element -> element.integer("x").required());

        assertThat(list.faults().all().stream().map(Fault::toString))
                .containsExactly(
                        "list[3]: is a single value, not a section; write keys below it, each with a value",
                        "list[1].alias: Bad One is not an alias of at most 40 lower case letters, digits and dashes;"
                                + " correct it",
                        "list[2].alias: is missing; set alias",
                        "list[3].alias: is missing; set alias",
                        "list[4].alias: good-1 is already the alias of list[0]; give each an alias of its own",
                        "list[3].x: is missing; set x");
    }

    @Test
    void names_with_and_without_values_are_one_list() {
        Settings to =
                Settings.parse("a: {list: [p, {u: 90}, q], section: {u: 90, p: 10}, one: p}\n", Map.of(), TOP_LEVEL);
        Section section = to.root().section("a");

        assertThat(section.entries("list"))
                .containsExactly(new Entry("p", null), new Entry("u", "90"), new Entry("q", null));
        assertThat(section.entries("section")).containsExactly(new Entry("u", "90"), new Entry("p", "10"));
        assertThat(section.entries("one")).containsExactly(new Entry("p", null));
        assertThat(section.entries("none")).isEmpty();
        assertThat(to.faults().isEmpty()).isTrue();
    }

    @Test
    void a_secret_is_read_from_a_file_without_its_line_end_and_never_shows_itself() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "hush \n");
        Settings secrets =
                Settings.parse("a: {inline: hush, by-file: x, token-file: " + file + "}\n", Map.of(), TOP_LEVEL);
        Section section = secrets.root().section("a");

        Secret token = section.secret("token").required();

        assertThat(token.reveal()).isEqualTo("hush ");
        assertThat(token).hasToString("***").isEqualTo(Secret.of("hush ")).isNotEqualTo(Secret.of("hush"));
        assertThat(section.secret("inline").required().reveal()).isEqualTo("hush");
    }

    @Test
    void a_secret_from_a_file_is_what_the_file_says_now_and_what_it_said_while_it_cannot_be_read() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "old\n");
        Path other = Files.writeString(folder.resolve("other"), "first");
        Section section = Settings.parse(
                        "a: {token-file: " + file + ", inline: hush}",
                        Map.of("SMS_A__WORD_FILE", other.toString()),
                        Set.of("a"))
                .root()
                .section("a");
        SecretSource token = section.source("token", section.secret("token").required());
        SecretSource word = section.source("word", section.secret("word").required());
        SecretSource inline = section.source("inline", section.secret("inline").required());
        Files.writeString(file, "new\n");
        Files.writeString(other, "second");

        assertThat(token.now().reveal()).isEqualTo("new");
        assertThat(word.now().reveal()).isEqualTo("second");
        assertThat(inline.now().reveal()).isEqualTo("hush");
        Files.delete(file);
        assertThat(token.now().reveal()).isEqualTo("new");
        assertThat(token).hasToString("***");
    }

    @Test
    void a_secret_told_twice_or_in_a_file_that_is_not_there_is_a_fault_that_shows_no_secret() {
        Settings secrets = Settings.parse(
                "a: {x: hush, x-file: /dev/null, y-file: /not/there, z: {hush: 1}}\n", Map.of(), TOP_LEVEL);
        Section section = secrets.root().section("a");

        section.secret("x").required();
        section.secret("y").required();
        section.secret("z").required();

        assertThat(secrets.faults().report()).isEqualTo("""
                        3 faults in the configuration:
                        a.x: x and x-file are both set; keep one of them
                        a.y-file: the file /not/there that a.y-file names does not exist; write the value into it
                        a.z: is a section, not a text; write one value behind it""");
    }

    @Test
    void sections_are_handed_on_as_one_document_that_says_the_same_again() {
        Settings file = Settings.parse("""
                kafka: {sasl.password: hidden7}
                list:
                  - {name: a, when: {label.type: [otp, 007], "+44": no}, to: [{us: 9}, eu], empty: , text: 'say "no"'}
                  - name: "2"
                """, Map.of(), TOP_LEVEL);

        String document = file.root().document(Set.of("list", "absent"));

        assertThat(document)
                .isEqualTo(
                        "{\"list\":[{\"name\":\"a\",\"when\":{\"label.type\":[\"otp\",\"007\"],\"+44\":\"no\"},"
                                + "\"to\":[{\"us\":\"9\"},\"eu\"],\"empty\":null,\"text\":\"say \\\"no\\\"\"},{\"name\":\"2\"}]}");
        Settings again = Settings.parse(document, Map.of(), TOP_LEVEL);
        assertThat(again.root().document(Set.of("list"))).isEqualTo(document);
        assertThat(again.root().sections("list").get(0).has("empty")).isFalse();
    }
}
