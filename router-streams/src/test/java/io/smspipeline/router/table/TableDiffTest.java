package io.smspipeline.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableDiffTest {
    private static final String BEFORE = """
            {"routes":[{"name":"a","when":{},"to":"us"},{"name":"b","when":{},"to":"eu"},{"name":"c","reject":"no"}],
             "prices":{"us":{"+":"1"},"eu":{"+":"2"}}}
            """;

    @Test
    void what_is_gone_new_or_changed_is_one_line_each() {
        String after = """
                {"routes":[{"name":"a","when":{},"to":"us"},{"name":"b","when":{},"to":"us"},{"name":"d","reject":"no"}],
                 "prices":{"us":{"+":"1"},"eu":{"+":"3"}},"sender-ids":[{"country":"US","alphanumeric":"false"}]}
                """;

        assertThat(TableDiff.between(BEFORE, after))
                .containsExactly(
                        "- routes {\"name\":\"b\",\"when\":{},\"to\":\"eu\"}",
                        "- routes {\"name\":\"c\",\"reject\":\"no\"}",
                        "+ routes {\"name\":\"b\",\"when\":{},\"to\":\"us\"}",
                        "+ routes {\"name\":\"d\",\"reject\":\"no\"}",
                        "- prices eu {\"+\":\"2\"}",
                        "+ prices eu {\"+\":\"3\"}",
                        "+ sender-ids {\"country\":\"US\",\"alphanumeric\":\"false\"}");
    }

    @Test
    void a_rule_that_moved_is_gone_from_one_place_and_new_at_another() {
        assertThat(TableDiff.between(
                        "{\"routes\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
                        "{\"routes\":[{\"name\":\"b\"},{\"name\":\"a\"}]}"))
                .containsExactly("- routes {\"name\":\"a\"}", "+ routes {\"name\":\"a\"}");
    }

    @Test
    void nothing_changes_between_a_table_and_itself() {
        assertThat(TableDiff.between(BEFORE, BEFORE)).isEmpty();
    }

    @Test
    void the_first_version_is_new_as_a_whole() {
        assertThat(TableDiff.between("{}", BEFORE)).hasSize(5).allMatch(line -> line.startsWith("+ "));
    }
}
