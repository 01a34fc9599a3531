package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Vonage's SMS API: forms and JSON in, HTTP 200 out whatever it says, one item and one receipt for each part. */
final class VonageShape implements AggregatorApi {
    private static final int LONGEST_TEXT = 3_200;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SCTS =
            DateTimeFormatter.ofPattern("yyMMddHHmm").withZone(ZoneOffset.UTC);

    private final AggregatorSettings settings;
    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final ObjectMapper mapper = new ObjectMapper();

    VonageShape(AggregatorSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean isSubmit(Request request) {
        return request.path().equals("/sms/json");
    }

    private Map<String, String> fields(Request request) {
        Map<String, String> fields = new LinkedHashMap<>(request.query());
        if (request.isForm()) {
            fields.putAll(request.form());
            return fields;
        }
        try {
            JsonNode body = mapper.readTree(request.body());
            if (body != null) {
                body.properties()
                        .forEach(each ->
                                fields.put(each.getKey(), each.getValue().asText()));
            }
        } catch (IOException e) {
            fields.clear();
        }
        return fields;
    }

    @Override
    public boolean isAuthorised(Request request) {
        if (settings.account().isEmpty() || request.isFrom(settings.account(), settings.secret())) {
            return true;
        }
        Map<String, String> fields = fields(request);
        if (!settings.account().equals(fields.get("api_key"))) {
            return false;
        }
        String sig = fields.remove("sig");
        return sig == null
                ? settings.secret().equals(fields.get("api_secret"))
                : sig.equalsIgnoreCase(Signing.vonage(
                        settings.callbacks().signatureMethod(),
                        settings.callbacks().signatureSecret(),
                        fields));
    }

    @Override
    public Wish read(Request request) {
        Map<String, String> fields = fields(request);
        if (fields.containsKey("sig") && fields.containsKey("api_secret")) {
            return new Wish.Nonsense(refused("32", ""));
        }
        for (String needed :
                List.of("to", "from", fields.getOrDefault("type", "text").equals("binary") ? "body" : "text")) {
            if (fields.getOrDefault(needed, "").isEmpty()) {
                return new Wish.Nonsense(error("2", "Missing " + needed + " param"));
            }
        }
        String to = fields.get("to");
        if (!String.valueOf(to).matches("[0-9]{5,15}")) {
            return new Wish.Nonsense(error("3", "Invalid to param"));
        }
        String text = fields.getOrDefault("text", fields.getOrDefault("body", ""));
        if (text.length() > LONGEST_TEXT) {
            return new Wish.Nonsense(error("12", "Message too long"));
        }
        if (fields.getOrDefault("client-ref", "").length() > 100) {
            return new Wish.Nonsense(error("3", "Invalid client-ref param"));
        }
        return new Wish.Take(
                String.valueOf(to),
                fields.getOrDefault("from", ""),
                text,
                HandsetText.parts(text),
                fields,
                fields.getOrDefault("callback", ""),
                null);
    }

    @Override
    public List<String> ids(long number, int parts) {
        List<String> ids = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            ids.add(String.format("%012X%04X", number, part + 1));
        }
        return ids;
    }

    @Override
    public Reply accepted(Sms sms) {
        ArrayNode items = json.arrayNode();
        for (String id : sms.ids()) {
            ObjectNode item = items.addObject()
                    .put("to", sms.to())
                    .put("message-id", id)
                    .put("status", "0")
                    .put("remaining-balance", "3.14159265")
                    .put("message-price", "0.03330000")
                    .put("network", "23410");
            if (sms.fields().containsKey("client-ref")) {
                item.put("client-ref", sms.fields().get("client-ref"));
            }
        }
        return wrapped(items);
    }

    private Reply wrapped(ArrayNode items) {
        return Reply.json(
                200,
                json.objectNode()
                        .put("message-count", Integer.toString(items.size()))
                        .set("messages", items));
    }

    private Reply error(String status, String text) {
        ArrayNode items = json.arrayNode();
        items.addObject().put("status", status).put("error-text", text);
        return wrapped(items);
    }

    @Override
    public Reply unauthorised() {
        return error("4", "Bad Credentials");
    }

    @Override
    public Reply noCredit() {
        return error("9", "Quota Exceeded - rejected");
    }

    /** Not HTTP 429, and no Retry-After. */
    @Override
    public Reply throttled(Duration retryAfter) {
        return error("1", "Throughput Rate Exceeded - please wait [ 250 ] and retry");
    }

    @Override
    public Reply failed(int status) {
        return status == 500
                ? error("5", "Internal Error")
                : new Reply(status, Map.of("Content-Type", "text/html"), "<html/>".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Reply refused(String code, String to) {
        return error(code, "refused for this test");
    }

    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        if (sms.fields().getOrDefault("status-report-req", "true").equals("false")) {
            return List.of();
        }
        String status =
                state == FinalState.DELIVERED ? "delivered" : state == FinalState.EXPIRED ? "expired" : "failed";
        String code = Map.of(
                        FinalState.DELIVERED,
                        "0",
                        FinalState.UNDELIVERED,
                        "1",
                        FinalState.EXPIRED,
                        "2",
                        FinalState.BLOCKED,
                        "4")
                .get(state);
        List<Callback> all = new ArrayList<>();
        for (String id : sms.ids()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("msisdn", sms.to());
            fields.put("to", sms.from());
            fields.put("network-code", "23410");
            fields.put("messageId", id);
            fields.put("price", "0.03330000");
            fields.put("status", status);
            fields.put("scts", SCTS.format(now));
            fields.put("err-code", String.valueOf(code));
            fields.put("api-key", settings.account());
            fields.put("message-timestamp", TIMESTAMP.format(now));
            if (sms.fields().containsKey("client-ref")) {
                fields.put("client-ref", String.valueOf(sms.fields().get("client-ref")));
            }
            all.add(callback(true, fields, where, now));
        }
        return all;
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        List<String> pieces = HandsetText.pieces(text);
        List<Callback> all = new ArrayList<>();
        for (int part = 1; part <= pieces.size(); part++) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("msisdn", from);
            fields.put("to", to);
            fields.put("messageId", String.format("0B%010X%04X", number, part));
            fields.put("text", pieces.get(part - 1));
            fields.put("type", HandsetText.parts(text) > 1 ? "unicode" : "text");
            fields.put("keyword", text.strip().split("\\s+")[0].toUpperCase(Locale.ROOT));
            fields.put("api-key", settings.account());
            fields.put("message-timestamp", TIMESTAMP.format(now));
            if (pieces.size() > 1) {
                fields.put("concat", "true");
                fields.put("concat-ref", Long.toString(number % 256));
                fields.put("concat-total", Integer.toString(pieces.size()));
                fields.put("concat-part", Integer.toString(part));
            }
            all.add(callback(false, fields, where, now));
        }
        return all;
    }

    private Callback callback(boolean receipt, Map<String, String> fields, URI where, Instant now) {
        if (!settings.callbacks().signatureSecret().isEmpty()) {
            fields.put("timestamp", Long.toString(now.getEpochSecond()));
            fields.put("nonce", UUID.randomUUID().toString());
            fields.put(
                    "sig",
                    Signing.vonage(
                            settings.callbacks().signatureMethod(),
                            settings.callbacks().signatureSecret(),
                            fields));
        }
        String encoded = Request.encoded(fields);
        return switch (settings.callbacks().transport()) {
            case GET ->
                new Callback(
                        receipt,
                        false,
                        "GET",
                        URI.create(where + (where.getQuery() == null ? "?" : "&") + encoded),
                        Map.of("User-Agent", "Nexmo/MessagingHUB/v1.0"),
                        new byte[0]);
            case FORM ->
                Callback.post(
                        receipt,
                        where,
                        Map.of(
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "User-Agent",
                                "Nexmo/MessagingHUB/v1.0"),
                        encoded);
            case JSON ->
                Callback.post(
                        receipt,
                        where,
                        Map.of("Content-Type", "application/json", "User-Agent", "Nexmo/MessagingHUB/v1.0"),
                        mapper.valueToTree(fields).toString());
        };
    }

    @Override
    public RetrySchedule schedule(Callback callback) {
        return RetrySchedule.FOR_A_DAY;
    }
}
