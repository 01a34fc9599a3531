package io.smspipeline.router.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What changes from one version of the table to another, rule by rule. Stateless. */
public final class TableDiff {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TableDiff() {}

    /**
     * One line a rule, country or price list that is gone ({@code - }) or new ({@code + }), one that changed as both, in the
     * order in which they are asked; empty when nothing changes.
     *
     * @param before contents as published; an empty object for none
     */
    public static List<String> between(String before, String after) {
        return longest(lines(before), lines(after));
    }

    private static List<String> lines(String content) {
        JsonNode root;
        try {
            root = MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a published table is one JSON document, and this is none", e);
        }
        List<String> lines = new ArrayList<>();
        Map<String, JsonNode> sections = new LinkedHashMap<>();
        root.fields().forEachRemaining(section -> sections.put(section.getKey(), section.getValue()));
        sections.forEach((name, section) -> {
            if (section.isArray()) {
                section.forEach(each -> lines.add(name + " " + each));
            } else {
                section.fields()
                        .forEachRemaining(each -> lines.add(name + " " + each.getKey() + " " + each.getValue()));
            }
        });
        return lines;
    }

    /** By the longest common subsequence: what only moved shows as gone and new, since order decides. */
    private static List<String> longest(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? 1 + common[i + 1][j + 1]
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> changes = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1]) {
                changes.add("- " + before.get(i++));
            } else {
                changes.add("+ " + after.get(j++));
            }
        }
        return changes;
    }
}
