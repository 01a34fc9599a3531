package io.smspipeline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.smspipeline.schemas.topic.Topic;
import io.smspipeline.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every schema promises to those who come later. */
class SchemasTest {
    private static final Topics TOPICS = new Topics("");

    @TestFactory
    List<DynamicTest> every_record_s_every_field_is_documented_and_every_enum_has_a_default() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Schema schema : schemas()) {
            tests.add(DynamicTest.dynamicTest(schema.getName(), () -> check(schema, new HashSet<>())));
        }
        return tests;
    }

    private static Set<Schema> schemas() {
        Set<Schema> schemas = new HashSet<>();
        for (Topic<?> topic : TOPICS.typed(List.of("primary"))) {
            schemas.add(SpecificData.get().getSchema(topic.type()));
        }
        return schemas;
    }

    private static void check(Schema schema, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
                    for (Schema.Field field : schema.getFields()) {
                        assertThat(field.doc())
                                .as(schema.getFullName() + "." + field.name())
                                .isNotBlank();
                        check(field.schema(), seen);
                    }
                }
            }
            case ENUM -> {
                assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
                assertThat(schema.getEnumDefault()).as(schema.getFullName()).isNotNull();
            }
            case UNION -> schema.getTypes().forEach(branch -> check(branch, seen));
            case ARRAY -> check(schema.getElementType(), seen);
            case MAP -> check(schema.getValueType(), seen);
            default -> {}
        }
    }
}
