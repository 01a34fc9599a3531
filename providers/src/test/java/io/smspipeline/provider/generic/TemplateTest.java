package io.smspipeline.provider.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static String filled(String template, Escaping escaping, Map<String, String> values) {
        return Template.parse(template, escaping).filled(name -> values.getOrDefault(name, ""));
    }

    @Test
    void a_value_stays_a_value_whatever_it_contains() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String value = random.ints(random.nextInt(40), 0, 0x2FF)
                    .mapToObj(c -> String.valueOf((char) c))
                    .reduce("", String::concat);

            assertThat(new ObjectMapper()
                            .readTree(filled("{\"a\":\"${v}\"}", Escaping.JSON, Map.of("v", value)))
                            .path("a")
                            .asText())
                    .isEqualTo(value);
            assertThat(URLDecoder.decode(filled("${v}", Escaping.URL, Map.of("v", value)), StandardCharsets.UTF_8))
                    .isEqualTo(value);
            assertThat(filled("<a b=\"${v}\">${v}</a>", Escaping.XML, Map.of("v", value))
                            .replace("<a b=\"", "")
                            .replace("\">", "")
                            .replace("</a>", ""))
                    .doesNotContain("<", ">", "\"");
            assertThat(filled("${v}", Escaping.HEADER, Map.of("v", value))).doesNotContain("\r", "\n");
        }
    }

    @Test
    void what_is_optional_is_left_out_where_a_value_is_empty() {
        String template = "{\"to\":\"${to}\"$(,\"from\":\"${from}\"$)}";

        assertThat(filled(template, Escaping.JSON, Map.of("to", "1"))).isEqualTo("{\"to\":\"1\"}");
        assertThat(filled(template, Escaping.JSON, Map.of("to", "1", "from", "A")))
                .isEqualTo("{\"to\":\"1\",\"from\":\"A\"}");
    }

    @Test
    void a_dollar_alone_is_a_dollar() {
        assertThat(filled("5$ $x ${v}", Escaping.NONE, Map.of("v", "${v}"))).isEqualTo("5$ $x ${v}");
    }

    @Test
    void what_opens_must_close() {
        assertThatThrownBy(() -> Template.parse("a ${b", Escaping.NONE)).hasMessageContaining("write }");
        assertThatThrownBy(() -> Template.parse("a $(b", Escaping.NONE)).hasMessageContaining("write $)");
    }

    @Test
    void how_a_body_is_escaped_goes_by_its_type() {
        assertThat(Escaping.ofBody("application/json; charset=utf-8")).isEqualTo(Escaping.JSON);
        assertThat(Escaping.ofBody("application/vnd.api+json")).isEqualTo(Escaping.JSON);
        assertThat(Escaping.ofBody("text/xml")).isEqualTo(Escaping.XML);
        assertThat(Escaping.ofBody("application/x-www-form-urlencoded")).isEqualTo(Escaping.URL);
        assertThat(Escaping.ofBody("text/plain")).isEqualTo(Escaping.NONE);
    }
}
