package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Clickatell's One API: 202 with a verdict for each message, errors with an HTTP status or within the answer. */
final class ClickatellShape extends JsonShape {
    private static final Map<String, Integer> STATUS = Map.of("1", 401, "7", 401, "18", 500, "19", 503, "20", 402);

    ClickatellShape(AggregatorSettings settings) {
        super(settings, "/v1/message");
    }

    /** The key alone, without a scheme. */
    @Override
    public boolean isAuthorised(Request request) {
        return settings.secret().isEmpty() || request.header("Authorization").equals(settings.secret());
    }

    @Override
    Reply noJson() {
        return whole(400, "21", "Malformed payload");
    }

    @Override
    Wish read(Request request, JsonNode body) {
        JsonNode messages = body.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return new Wish.Nonsense(whole(400, "21", "Malformed payload"));
        }
        if (messages.size() > 1) {
            return new Wish.Nonsense(whole(400, "22", "This simulator takes one message a request"));
        }
        JsonNode entry = messages.path(0);
        String to = entry.path("to").asText("");
        String text = entry.path("content").asText("");
        if (!entry.path("channel").asText("").equals("sms")) {
            return new Wish.Nonsense(refused("23", to));
        }
        if (!to.matches("[0-9]{7,15}")) {
            return new Wish.Nonsense(refused("25", to));
        }
        if (text.isEmpty()) {
            return new Wish.Nonsense(refused("30", to));
        }
        Map<String, String> fields = fields(entry);
        return new Wish.Take(to, entry.path("from").asText(""), text, HandsetText.parts(text), fields, "", null);
    }

    @Override
    public List<String> ids(long number, int parts) {
        return List.of(String.format("%032x", number));
    }

    @Override
    public Reply accepted(Sms sms) {
        ObjectNode answer = json.objectNode();
        ObjectNode item = answer.putArray("messages")
                .addObject()
                .put("apiMessageId", sms.id())
                .put("accepted", true)
                .put("to", sms.to())
                .putNull("error");
        if (sms.fields().containsKey("clientMessageId")) {
            item.put("clientMessageId", sms.fields().get("clientMessageId"));
        }
        return Reply.json(202, answer);
    }

    private Reply whole(int status, String code, String text) {
        ObjectNode answer = json.objectNode();
        answer.putArray("messages");
        answer.putObject("error").put("code", Integer.parseInt(code)).put("description", text);
        return Reply.json(status, answer);
    }

    @Override
    public Reply unauthorised() {
        return whole(401, "1", "Invalid or missing integration API Key");
    }

    @Override
    public Reply noCredit() {
        return whole(402, "20", "The account has no balance");
    }

    /** HTTP 400. */
    @Override
    public Reply throttled(Duration retryAfter) {
        return whole(400, "43", "Rate limit exceeded").retryAfter(retryAfter);
    }

    @Override
    public Reply failed(int status) {
        return whole(status, status == 503 ? "19" : "18", "Internal error");
    }

    /** Account and rate errors are of the whole answer, the others of the message in it. */
    @Override
    public Reply refused(String code, String to) {
        if (STATUS.containsKey(code) || List.of("2", "3", "21", "22", "43").contains(code)) {
            return whole(STATUS.getOrDefault(code, 400), code, "refused for this test");
        }
        ObjectNode answer = json.objectNode();
        answer.putArray("messages")
                .addObject()
                .putNull("apiMessageId")
                .put("accepted", false)
                .put("to", to)
                .putObject("error")
                .put("code", Integer.parseInt(code))
                .put("description", "refused for this test");
        return Reply.json(400, answer);
    }

    @Override
    public Optional<Reply> answer(Request request, List<Sms> latest) {
        if (request.path().equals("/v1/balance")) {
            return Optional.of(
                    Reply.json(200, json.objectNode().put("balance", 12.5).put("currency", "USD")));
        }
        if (request.path().startsWith("/v1/message/")) {
            String id = request.path().substring("/v1/message/".length());
            return Sms.named(id, latest).map(sms -> {
                ObjectNode state = json.objectNode();
                state.putObject("sms")
                        .put("status", "SENT_TO_SUPPLIER")
                        .put("timestamp", sms.at().toEpochMilli());
                return Reply.json(200, state);
            });
        }
        return Optional.empty();
    }

    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        List<Callback> all = new ArrayList<>();
        all.add(update(sms, 4, "SENT_TO_SUPPLIER", where, now));
        all.add(
                switch (state) {
                    case DELIVERED -> update(sms, 5, "DEVICE_ACK", where, now);
                    case UNDELIVERED -> update(sms, 23, "DELIVERY_FAILURE", where, now);
                    case EXPIRED -> update(sms, 20, "EXPIRED", where, now);
                    case BLOCKED -> update(sms, 29, "RECIPIENT_DOES_NOT_EXIST", where, now);
                });
        return all;
    }

    private Callback update(Sms sms, int code, String status, URI where, Instant now) {
        ObjectNode told = json.objectNode()
                .put("channel", "sms")
                .put("messageId", sms.id())
                .put("clientMessageId", sms.fields().get("clientMessageId"))
                .put("statusCode", code)
                .put("status", status)
                .put("timestamp", now.toEpochMilli());
        return callback(true, "messageStatusUpdate", told, where);
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        ObjectNode told = json.objectNode()
                .put("channel", "sms")
                .put("messageId", String.format("%032x", (1L << 40) + number))
                .put("relatedMessageId", answered == null ? null : answered.id())
                .put(
                        "relatedClientMessageId",
                        answered == null ? null : answered.fields().get("clientMessageId"))
                .put("from", from)
                .put("to", to)
                .put("timestamp", now.toEpochMilli())
                .put("content", text)
                .put("charset", "UTF-8");
        return List.of(callback(false, "moText", told, where));
    }

    private Callback callback(boolean receipt, String kind, ObjectNode told, URI where) {
        ObjectNode body = json.objectNode().put("integrationId", "simulated").put("integrationName", "simulator");
        ArrayNode batch = body.putObject("event").putArray(kind);
        batch.add(told);
        return Callback.post(receipt, where, Map.of("Content-Type", "application/json"), body.toString());
    }

    /** That of the callbacks before the platform, whose own is not documented. */
    @Override
    public RetrySchedule schedule(Callback callback) {
        return ClickatellHttpShape.schedule(callback.receipt());
    }
}
