package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An API to which a message is posted as JSON. */
abstract class JsonShape implements AggregatorApi {
    final AggregatorSettings settings;
    final JsonNodeFactory json = JsonNodeFactory.instance;
    private final ObjectMapper mapper = new ObjectMapper();
    private final String path;

    /** @param path where messages are posted to */
    JsonShape(AggregatorSettings settings, String path) {
        this.settings = settings;
        this.path = path;
    }

    @Override
    public final boolean isSubmit(Request request) {
        return request.method().equals("POST") && request.path().equals(path);
    }

    /** HTTP Basic, unless the API has another way. */
    @Override
    public boolean isAuthorised(Request request) {
        return settings.account().isEmpty() || request.isFrom(settings.account(), settings.secret());
    }

    @Override
    public final Wish read(Request request) {
        try {
            return read(request, mapper.readTree(request.body()));
        } catch (IOException e) {
            return new Wish.Nonsense(noJson());
        }
    }

    abstract Wish read(Request request, JsonNode body);

    /** What is said to a body that is no JSON. */
    abstract Reply noJson();

    /** Every field of an object as text. */
    static Map<String, String> fields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        object.properties().forEach(each -> {
            JsonNode value = each.getValue();
            fields.put(each.getKey(), value.isValueNode() ? value.asText() : value.toString());
        });
        return fields;
    }
}
