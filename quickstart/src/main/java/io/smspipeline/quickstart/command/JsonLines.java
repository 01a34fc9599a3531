package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Function;

/** One JSON object a line in, one a line out, in order. A line that cannot be answered says why and stops nobody. */
final class JsonLines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Answer answer;
    private final InputLines input;

    JsonLines(Answer answer, InputLines input) {
        this.answer = answer;
        this.input = input;
    }

    /**
     * Answers every line of stdin.
     *
     * @param answering throws {@link UserFault} for what it cannot answer
     * @return {@link Exit#FAILED} when a line could not be answered
     */
    int each(Function<JsonNode, ObjectNode> answering) {
        boolean[] allWell = {true};
        input.each(line -> {
            ObjectNode said;
            try {
                said = answering.apply(object(line));
            } catch (UserFault e) {
                allWell[0] = false;
                said = JsonNodeFactory.instance.objectNode().put("error", e.getMessage());
            }
            answer.json(said);
        });
        return allWell[0] ? Exit.DONE : Exit.FAILED;
    }

    /** @throws UserFault when the line is no JSON object */
    static JsonNode object(String line) {
        JsonNode read;
        try {
            read = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UserFault("no JSON: " + e.getOriginalMessage());
        }
        if (read == null || !read.isObject()) {
            throw new UserFault("expected a JSON object, one a line.");
        }
        return read;
    }
}
