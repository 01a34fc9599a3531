package io.smspipeline.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpStatus;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.Remedy;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.BinaryContent;
import io.smspipeline.record.Encoding;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Vonage's SMS API: {@code POST /sms/json} with a JSON body and Basic authentication, as Vonage's own client does it. The API
 * answers 200 whatever it says, and has neither a key that recognises repeats nor a way to look a message up without its id:
 * a lost answer stays in doubt, and the {@code client-ref}, our message id, tells it in the receipt.
 */
final class VonageApi implements HttpApi {
    private static final int LONGEST_TEXT = 3_200;
    private static final int LONGEST_REFERENCE = 100;

    /** Vonage tries for 72 hours at most. */
    private static final long LONGEST_TTL = Duration.ofHours(72).toMillis();

    private static final Set<String> FIELDS = Set.of(
            "ttl",
            "callback",
            "client-ref",
            "account-ref",
            "entity-id",
            "content-id",
            "message-class",
            "protocol-id",
            "status-report-req");
    private static final Set<String> OURS = Set.of(
            "from",
            "to",
            "text",
            "type",
            "body",
            "udh",
            "api_key",
            "api_secret",
            "api-key",
            "api-secret",
            "sig",
            "timestamp");
    private static final Set<String> NUMBERS = Set.of("ttl", "message-class", "protocol-id");

    private final String alias;
    private final VonageSettings settings;

    VonageApi(String alias, VonageSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.replies()
                    .withoutEscalation()
                    .withoutRoutingGroups()
                    .without("choice of Latin-1", message.getEncoding() == Encoding.LATIN1);
            checkSender(planning, alias);
            checkLength(planning, message, LONGEST_TEXT);
            Asked.own(message, VonageProviderType.NAME, FIELDS, OURS);
        });
    }

    /** Both APIs want a sender. */
    static void checkSender(Planning planning, String alias) {
        if (planning.from().isEmpty()) {
            planning.refuse(
                    FailureCode.INVALID_SENDER,
                    "the message names no sender and " + alias
                            + " has none: set from of the message or of the provider.");
        }
    }

    static void checkLength(Planning planning, OutgoingMessage message, int longest) {
        if (message.getContent() instanceof TextContent text && text.getText().length() > longest) {
            planning.refuse(
                    FailureCode.REQUEST,
                    "the text has " + text.getText().length() + " characters and Vonage takes " + longest
                            + ": shorten it.");
        }
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("to", Planning.digits(message.getTo()))
                .put("from", Planning.bare(submission.from()));
        if (message.getContent() instanceof TextContent text) {
            body.put("type", Planning.isUnicode(text.getText(), message.getEncoding()) ? "unicode" : "text")
                    .put("text", text.getText());
        } else {
            BinaryContent binary = (BinaryContent) message.getContent();
            body.put("type", "binary").put("body", hex(binary.getData()));
            if (binary.getUdh() != null) {
                body.put("udh", hex(binary.getUdh()));
            }
        }
        if (message.getMessageClass() != null) {
            body.put("message-class", message.getMessageClass());
        }
        if (message.getProtocolId() != null) {
            body.put("protocol-id", message.getProtocolId());
        }
        body.put("status-report-req", message.getStatusReport() != StatusReport.NONE);
        body.put(
                "ttl",
                Math.max(
                        1,
                        Math.min(
                                LONGEST_TTL,
                                Asked.of(message).validity(validity).toMillis())));
        String id = message.getId();
        body.put("client-ref", id.substring(0, Math.min(LONGEST_REFERENCE, id.length())));
        if (settings.callback() != null) {
            body.put("callback", settings.callback().toString());
        }
        Asked.own(message, VonageProviderType.NAME, FIELDS, OURS).forEach((name, value) -> {
            if (NUMBERS.contains(name) && Asked.number(value).isPresent()) {
                body.put(name, Asked.number(value).get());
            } else if (name.equals("status-report-req")) {
                body.put(name, Boolean.parseBoolean(value));
            } else {
                body.put(name, value);
            }
        });
        return Call.postJson(settings.http().at("/sms/json"), body)
                .withBasic(settings.apiKey(), settings.apiSecret().now().reveal());
    }

    private static String hex(ByteBuffer octets) {
        byte[] copy = new byte[octets.remaining()];
        octets.duplicate().get(copy);
        return HexFormat.of().formatHex(copy);
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        JsonNode parts = answer.json().path("messages");
        if (!answer.isSuccess() && parts.isEmpty()) {
            return HttpStatus.meaning(alias, answer, answer.shownText(), answer.retryAfter(now), false);
        }
        List<String> ids = new ArrayList<>();
        JsonNode refused = null;
        for (JsonNode part : parts) {
            if (part.path("status").asText("").equals("0")) {
                ids.add(part.path("message-id").asText(""));
            } else if (refused == null) {
                refused = part;
            }
        }
        ids.removeIf(String::isEmpty);
        if (refused != null) {
            return refused(refused, ids.size(), parts.size(), answer.retryAfter(now));
        }
        return ids.isEmpty() ? HttpStatus.withoutId(alias, answer) : new Verdict.Taken(ids.get(0), ids);
    }

    private Verdict refused(JsonNode part, int taken, int parts, Duration retryAfter) {
        String code = part.path("status").asText("");
        String words = part.path("error-text").asText(null);
        ErrorRow row = VonageErrors.TABLE.row(code);
        if (row == null) {
            row = ErrorRow.undocumented(code);
        }
        Verdict.Refused refusal = row.refusal(alias, words, retryAfter);
        if (taken == 0) {
            return refusal;
        }
        // Sent again, the parts it took would come twice; told as accepted, nobody would ever know that some are
        // missing.
        Failure first = refusal.failure();
        Failure failure = new Failure(
                first.getCode(),
                taken + " of " + parts + " parts were taken, and " + first.getReason(),
                first.getProviderCode(),
                first.getProviderText(),
                true);
        return new Verdict.Refused(failure, Remedy.NEVER, Duration.ZERO, 0);
    }
}
