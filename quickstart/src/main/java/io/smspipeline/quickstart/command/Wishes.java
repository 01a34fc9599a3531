package io.smspipeline.quickstart.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** What {@code --behaviour} of a simulator says: an object in braces, or the name of a file that holds one. */
final class Wishes {
    private Wishes() {}

    /**
     * @param changed makes the simulator's behaviour of it; throws {@link IllegalArgumentException} where it cannot
     * @throws UserFault when it is neither, or asks for something that there is not
     */
    static <B> B of(String option, Function<JsonNode, B> changed) {
        try {
            String json = option.startsWith("{") ? option : Files.readString(Path.of(option));
            return changed.apply(new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new UserFault("--behaviour is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UserFault(
                    "--behaviour " + option + " is neither an object in braces nor a file that can be read.");
        } catch (IllegalArgumentException e) {
            throw new UserFault("--behaviour: " + e.getMessage());
        }
    }
}
