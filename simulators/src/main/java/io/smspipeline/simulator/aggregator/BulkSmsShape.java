package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BulkSMS, JSON version 1: a {@code deduplication-id}, arrays of messages out, and webhooks that nobody signs. */
final class BulkSmsShape extends JsonShape {
    private static final Set<String> ENCODINGS = Set.of("TEXT", "UNICODE", "BINARY");
    private static final Set<String> GROUPS = Set.of("ECONOMY", "STANDARD", "PREMIUM");
    private static final Set<String> SENDERS = Set.of("INTERNATIONAL", "ALPHANUMERIC", "SHORTCODE", "REPLIABLE");

    BulkSmsShape(AggregatorSettings settings) {
        super(settings, "/v1/messages");
    }

    @Override
    Reply noJson() {
        return problem(400, "/#bad-request", "Bad Request", "the body is no JSON");
    }

    @Override
    Wish read(Request request, JsonNode body) {
        JsonNode entry = body.isArray() ? body.path(0) : body;
        if (body.isArray() && body.size() != 1) {
            return nonsense("this simulator takes one entry a request");
        }
        JsonNode to = entry.path("to").isArray() ? entry.path("to").path(0) : entry.path("to");
        String address = to.isObject() ? to.path("address").asText("") : to.asText("");
        if (!address.matches("\\+?[0-9]{7,15}")) {
            return nonsense("to: '" + address + "' is no international number");
        }
        String text = entry.path("body").asText("");
        String encoding = entry.path("encoding").asText("TEXT");
        if (text.isEmpty() || !ENCODINGS.contains(encoding)) {
            return nonsense("body or encoding is missing or not valid");
        }
        if (encoding.equals("BINARY") && !text.matches("([0-9a-fA-F]{2})+")) {
            return nonsense("body: hexadecimal digits only");
        }
        if (entry.has("routingGroup")
                && !GROUPS.contains(entry.path("routingGroup").asText())) {
            return nonsense("routingGroup is not valid");
        }
        if (entry.path("userSuppliedId").asText("").length() > 20) {
            return nonsense("userSuppliedId is too long");
        }
        JsonNode from = entry.path("from");
        if (from.isObject() && !SENDERS.contains(from.path("type").asText(""))) {
            return nonsense("from.type is not valid");
        }
        Map<String, String> fields = fields(entry);
        String key = request.query().get("deduplication-id");
        if (key != null && !key.matches("-?[0-9]{1,10}")) {
            return nonsense("deduplication-id is no int32");
        }
        return new Wish.Take(
                address.replace("+", ""),
                from.isObject() ? from.path("address").asText("") : from.asText(""),
                text,
                encoding.equals("BINARY") ? 1 : HandsetText.parts(text),
                fields,
                "",
                key);
    }

    private Wish nonsense(String detail) {
        return new Wish.Nonsense(problem(400, "/#bad-request", "Bad Request", detail));
    }

    private Reply problem(int status, String type, String title, String detail) {
        return Reply.json(
                status,
                json.objectNode()
                        .put("type", "https://developer.bulksms.com/json/v1/errors" + type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail));
    }

    @Override
    public List<String> ids(long number, int parts) {
        return List.of(Long.toString(4_000_000_000L + number));
    }

    @Override
    public Reply accepted(Sms sms) {
        ArrayNode all = json.arrayNode();
        all.add(message(sms, "SENT", "ACCEPTED", null));
        return Reply.json(201, all);
    }

    private ObjectNode message(Sms sms, String type, String status, @Nullable String subtype) {
        ObjectNode message = json.objectNode()
                .put("id", sms.id())
                .put("type", type)
                .put("from", sms.from())
                .put("to", sms.to())
                .put("body", sms.text())
                .put("encoding", sms.fields().getOrDefault("encoding", "TEXT"))
                .put("protocolId", 0)
                .put("messageClass", 2);
        message.putObject("status")
                .put("id", status + "." + subtype)
                .put("type", status)
                .put("subtype", subtype);
        message.putObject("submission").put("id", "1-" + sms.id()).put("date", date(sms.at()));
        if (sms.fields().containsKey("userSuppliedId")) {
            message.put("userSuppliedId", sms.fields().get("userSuppliedId"));
        }
        return message;
    }

    private static String date(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    @Override
    public Reply unauthorised() {
        return problem(401, "#unauthorized", "Unauthorized", "Authentication failed");
    }

    @Override
    public Reply noCredit() {
        return problem(403, "#insufficient-credits", "Forbidden", "Insufficient credits");
    }

    @Override
    public Reply throttled(Duration retryAfter) {
        return problem(429, "#too-many-requests", "Too Many Requests", "slow down")
                .retryAfter(retryAfter);
    }

    @Override
    public Reply failed(int status) {
        return problem(status, "#internal", "Internal Server Error", "try again");
    }

    /** The code is the type's last word, or an HTTP status. */
    @Override
    public Reply refused(String code, String to) {
        if (code.matches("[0-9]{3}")) {
            return problem(Integer.parseInt(code), "#http-" + code, "refused", "refused for this test");
        }
        return problem(
                code.equals("insufficient-credits") ? 403 : code.equals("not-found") ? 404 : 400,
                (code.equals("insufficient-credits") ? "#" : "/#") + code,
                "refused",
                "to: refused for this test");
    }

    @Override
    public Optional<Reply> answer(Request request, List<Sms> latest) {
        if (!request.method().equals("GET")) {
            return Optional.empty();
        }
        if (request.path().equals("/v1/profile")) {
            ObjectNode profile = json.objectNode().put("id", "1").put("username", settings.account());
            profile.putObject("credits").put("balance", 100.0).put("limit", 0.0).put("isTransferAllowed", false);
            profile.putObject("quota").put("size", 10_000).put("remaining", 9_000);
            return Optional.of(Reply.json(200, profile));
        }
        if (request.path().equals("/v1/messages")) {
            ArrayNode all = json.arrayNode();
            String filter = request.query().getOrDefault("filter", "");
            String wanted = filter.startsWith("userSuppliedId=") ? filter.substring("userSuppliedId=".length()) : "";
            latest.stream()
                    .filter(sms ->
                            wanted.isEmpty() || wanted.equals(sms.fields().get("userSuppliedId")))
                    .limit(1_000)
                    .forEach(sms -> all.add(message(sms, "SENT", "SENT", null)));
            return Optional.of(Reply.json(200, all));
        }
        if (request.path().startsWith("/v1/messages/")) {
            String id = request.path().substring("/v1/messages/".length());
            return Optional.of(Sms.named(id, latest)
                    .map(sms -> Reply.json(200, message(sms, "SENT", "SENT", null)))
                    .orElseGet(() -> problem(404, "/#not-found", "Not Found", "no message " + id)));
        }
        return Optional.empty();
    }

    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        String wanted = sms.fields().getOrDefault("deliveryReports", "ALL");
        if (wanted.equals("NONE") || wanted.equals("ERRORS") && state == FinalState.DELIVERED) {
            return List.of();
        }
        List<Callback> all = new ArrayList<>();
        if (wanted.equals("ALL")) {
            all.add(callback(true, message(sms, "SENT", "SENT", null), where));
        }
        all.add(callback(
                true,
                switch (state) {
                    case DELIVERED -> message(sms, "SENT", "DELIVERED", null);
                    case UNDELIVERED -> message(sms, "SENT", "FAILED", "HANDSET_ERROR");
                    case EXPIRED -> message(sms, "SENT", "FAILED", "EXPIRED");
                    case BLOCKED -> message(sms, "SENT", "FAILED", "BLOCKED");
                },
                where));
        return all;
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        Sms received = new Sms(
                List.of(Long.toString(5_000_000_000L + number)),
                to,
                from,
                text,
                HandsetText.parts(text),
                Map.of(),
                "",
                now);
        ObjectNode message = message(received, "RECEIVED", "UNKNOWN", null).put("numberOfParts", received.parts());
        message.put("relatedSentMessageId", answered == null ? null : answered.id());
        return List.of(callback(false, message, where));
    }

    private Callback callback(boolean receipt, ObjectNode message, URI where) {
        return Callback.post(
                receipt,
                where,
                Map.of("Content-Type", "application/json", "User-Agent", "BulkSMS Invoker"),
                json.arrayNode().add(message).toString());
    }

    /** 4xx is for good; anything else, or 30 s without an answer, is tried again for two days. */
    @Override
    public RetrySchedule schedule(Callback callback) {
        return new RetrySchedule(
                RetrySchedule.minutes(1.5, 3, 6, 12, 24, 48, 96, 180, 360, 720, 1_440),
                Duration.ofSeconds(30),
                false,
                true);
    }
}
