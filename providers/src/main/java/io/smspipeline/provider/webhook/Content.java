package io.smspipeline.provider.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a request says, in whichever of the usual three ways. Stateless. */
public final class Content {
    /** Deeper than any provider nests, and far from what a stack holds. */
    private static final int DEEPEST = 50;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();

    /** JSON that is not there. */
    public static final JsonNode NOTHING = MissingNode.getInstance();

    private Content() {}

    /** The body as JSON; a missing node when it is none. */
    public static JsonNode json(WebhookRequest request) {
        try {
            JsonNode read = MAPPER.readTree(request.body());
            return read == null ? NOTHING : read;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** The body as text. */
    public static String text(WebhookRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    /**
     * The parameters of the query for GET, else those of the body: the top level of JSON, or a form.
     *
     * @return none when they cannot be read
     */
    public static Parameters parameters(WebhookRequest request) {
        try {
            if (request.method().equals("GET")) {
                return Parameters.ofForm(request.query());
            }
            return request.mediaType().equals(Webhooks.JSON)
                    ? Parameters.ofJson(json(request))
                    : Parameters.ofForm(text(request));
        } catch (IllegalArgumentException e) {
            return Parameters.NONE;
        }
    }

    /** What is kept of a request as it came: what {@link #parameters} reads. */
    public static byte[] raw(WebhookRequest request) {
        return request.method().equals("GET") ? request.query().getBytes(StandardCharsets.UTF_8) : request.body();
    }

    /** What is kept of one of several in a request. */
    public static byte[] raw(JsonNode one) {
        return one.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Octets in hexadecimal digits; null when it is none. */
    public static byte @Nullable [] octets(@Nullable String hex) {
        try {
            return hex == null ? null : HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
