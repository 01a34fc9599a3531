package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vonage's Messages API: JSON, problem documents whose type ends in a code, one id a message, callbacks signed by a token. */
final class VonageMessagesShape extends JsonShape {
    private static final int LONGEST_TEXT = 1_000;
    private static final Map<String, Integer> STATUS =
            Map.of("1000", 429, "1030", 500, "1060", 401, "1070", 402, "1080", 401, "1331", 500);

    VonageMessagesShape(AggregatorSettings settings) {
        super(settings, "/v1/messages");
    }

    @Override
    Reply noJson() {
        return problem(422, "1020", "Invalid params", "The body is no JSON");
    }

    @Override
    Wish read(Request request, JsonNode body) {
        for (String needed : List.of("message_type", "channel", "to", "from", "text")) {
            if (body.path(needed).asText("").isEmpty()) {
                return new Wish.Nonsense(problem(422, "1010", "Missing params", "Missing " + needed));
            }
        }
        String to = body.path("to").asText();
        String text = body.path("text").asText();
        if (!to.matches("[0-9]{7,15}")
                || !body.path("channel").asText().equals("sms")
                || !body.path("message_type").asText().equals("text")
                || body.path("client_ref").asText("").length() > 100) {
            return new Wish.Nonsense(problem(422, "1020", "Invalid params", "A parameter is invalid"));
        }
        if (text.length() > LONGEST_TEXT) {
            return new Wish.Nonsense(problem(422, "1090", "Message too long", "At most 1000 characters"));
        }
        Map<String, String> fields = fields(body);
        return new Wish.Take(to, body.path("from").asText(), text, HandsetText.parts(text), fields, "", null);
    }

    @Override
    public List<String> ids(long number, int parts) {
        return List.of(new UUID(0x4000L, (1L << 63) | number).toString());
    }

    @Override
    public Reply accepted(Sms sms) {
        return Reply.json(202, json.objectNode().put("message_uuid", sms.id()));
    }

    private Reply problem(int status, String code, String title, String detail) {
        return Reply.json(
                status,
                json.objectNode()
                        .put("type", "https://developer.vonage.com/api-errors/messages#" + code)
                        .put("title", title)
                        .put("detail", detail)
                        .put("instance", UUID.randomUUID().toString()));
    }

    @Override
    public Reply unauthorised() {
        return Reply.json(
                401,
                json.objectNode()
                        .put("type", "https://developer.vonage.com/api-errors/#unauthorized")
                        .put("title", "You did not provide correct credentials.")
                        .put("detail", "Check your authentication credentials")
                        .put("instance", UUID.randomUUID().toString()));
    }

    @Override
    public Reply noCredit() {
        return problem(402, "1070", "Low balance", "This request could not be performed due to your account balance");
    }

    @Override
    public Reply throttled(Duration retryAfter) {
        return problem(429, "1000", "Rate Limit Hit", "Please wait, then retry your request")
                .retryAfter(retryAfter);
    }

    @Override
    public Reply failed(int status) {
        return problem(status, "1030", "Internal error", "There was an error processing your request");
    }

    @Override
    public Reply refused(String code, String to) {
        return problem(STATUS.getOrDefault(code, 422), code, "Refused", "refused for this test");
    }

    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        return List.of(
                status(sms, "submitted", "", where, now),
                switch (state) {
                    case DELIVERED -> status(sms, "delivered", "", where, now);
                    case UNDELIVERED -> status(sms, "undeliverable", "1180", where, now);
                    case EXPIRED -> status(sms, "undeliverable", "1360", where, now);
                    case BLOCKED -> status(sms, "rejected", "1280", where, now);
                });
    }

    private Callback status(Sms sms, String status, String code, URI where, Instant now) {
        ObjectNode told = json.objectNode()
                .put("message_uuid", sms.id())
                .put("to", sms.to())
                .put("from", sms.from())
                .put("timestamp", now.toString())
                .put("status", status)
                .put("channel", "sms");
        if (!code.isEmpty()) {
            told.putObject("error")
                    .put("type", "https://developer.vonage.com/api-errors/messages#" + code)
                    .put("title", code)
                    .put("detail", "as this test wants it")
                    .put("instance", UUID.randomUUID().toString());
        }
        told.putObject("usage").put("currency", "EUR").put("price", "0.0333");
        if (sms.fields().containsKey("client_ref")) {
            told.put("client_ref", sms.fields().get("client_ref"));
        }
        return callback(true, told, where, now);
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        ObjectNode told = json.objectNode()
                .put("message_uuid", new UUID(0x4000L, (1L << 62) | number).toString())
                .put("to", to)
                .put("from", from)
                .put("timestamp", now.toString())
                .put("text", text)
                .put("channel", "sms");
        told.putObject("sms").put("num_messages", Integer.toString(HandsetText.parts(text)));
        return List.of(callback(false, told, where, now));
    }

    private Callback callback(boolean receipt, ObjectNode told, URI where, Instant now) {
        byte[] body = told.toString().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Nexmo/MessagingHUB/v1.0");
        String secret = settings.callbacks().signatureSecret();
        if (!secret.isEmpty()) {
            ObjectNode claims = json.objectNode()
                    .put("iat", now.getEpochSecond())
                    .put("jti", UUID.randomUUID().toString())
                    .put("iss", "Vonage")
                    .put("payload_hash", Signing.sha256(body))
                    .put("api_key", settings.account());
            headers.put("Authorization", "Bearer " + Signing.token(secret, claims.toString()));
        }
        return new Callback(receipt, false, "POST", where, headers, body);
    }

    @Override
    public RetrySchedule schedule(Callback callback) {
        return RetrySchedule.FOR_A_DAY;
    }
}
