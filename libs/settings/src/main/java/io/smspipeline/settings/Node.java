package io.smspipeline.settings;

import java.util.List;
import java.util.Map;

/** One node of the YAML file. Scalars keep their text: {@code from: 00123} is a sender, not a number in base eight. */
sealed interface Node {
    /** What a fault calls this kind of node. */
    String kind();

    record Scalar(String text) implements Node {
        @Override
        public String kind() {
            return "a single value";
        }
    }

    /** A key with nothing behind it counts as absent. */
    record Absent() implements Node {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    record Mapping(Map<String, Node> entries) implements Node {
        static final Mapping EMPTY = new Mapping(Map.of());

        @Override
        public String kind() {
            return "a section";
        }
    }

    record Sequence(List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }
    }
}
