package io.smspipeline.simulator.aggregator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Twilio's Messages resource of 2010-04-01 and its webhooks. */
final class TwilioShape implements AggregatorApi {
    private static final int LONGEST_BODY = 1_600;
    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** Codes whose HTTP status is not 400. */
    private static final Map<String, Integer> STATUS =
            Map.of("20003", 401, "20404", 404, "20429", 429, "20500", 500, "20503", 503);

    private final AggregatorSettings settings;
    private final JsonNodeFactory json = JsonNodeFactory.instance;

    TwilioShape(AggregatorSettings settings) {
        this.settings = settings;
    }

    private String root() {
        return "/2010-04-01/Accounts/" + settings.account() + "/Messages";
    }

    @Override
    public boolean isSubmit(Request request) {
        return request.method().equals("POST") && request.path().equals(root() + ".json");
    }

    @Override
    public boolean isAuthorised(Request request) {
        return settings.account().isEmpty() || request.isFrom(settings.account(), settings.secret());
    }

    @Override
    public Wish read(Request request) {
        if (!request.isForm()) {
            return new Wish.Nonsense(error(400, "20001", "Content-Type must be application/x-www-form-urlencoded"));
        }
        Map<String, String> form = request.form();
        String to = form.getOrDefault("To", "");
        String body = form.getOrDefault("Body", "");
        if (!to.matches("\\+?[0-9]{5,15}")) {
            return new Wish.Nonsense(error(400, "21211", "The 'To' number " + to + " is not a valid phone number."));
        }
        if (!form.containsKey("From") && !form.containsKey("MessagingServiceSid")) {
            return new Wish.Nonsense(error(400, "21603", "A 'From' or 'MessagingServiceSid' parameter is required."));
        }
        if (body.isEmpty() && !form.containsKey("MediaUrl") && !form.containsKey("ContentSid")) {
            return new Wish.Nonsense(error(400, "21602", "Message body is required."));
        }
        if (body.codePointCount(0, body.length()) > LONGEST_BODY) {
            return new Wish.Nonsense(
                    error(400, "21617", "The concatenated message body exceeds the 1600 character limit."));
        }
        return new Wish.Take(
                to.replace("+", ""),
                form.getOrDefault("From", ""),
                body,
                HandsetText.parts(body),
                form,
                form.getOrDefault("StatusCallback", ""),
                null);
    }

    @Override
    public List<String> ids(long number, int parts) {
        return List.of(String.format("SM%032x", number));
    }

    @Override
    public Reply accepted(Sms sms) {
        return Reply.json(201, message(sms));
    }

    private ObjectNode message(Sms sms) {
        boolean service = sms.fields().containsKey("MessagingServiceSid");
        ObjectNode message = json.objectNode()
                .put("sid", sms.id())
                .put("account_sid", settings.account())
                .put("api_version", "2010-04-01")
                .put("body", sms.text())
                .put("date_created", RFC_2822.format(sms.at()))
                .put("date_updated", RFC_2822.format(sms.at()))
                .putNull("date_sent")
                .put("direction", "outbound-api")
                .putNull("error_code")
                .putNull("error_message")
                .put("from", sms.from().isEmpty() ? null : sms.from())
                .put("to", "+" + sms.to())
                .put("messaging_service_sid", sms.fields().get("MessagingServiceSid"))
                .put("num_media", "0")
                .put("num_segments", service ? "0" : Integer.toString(sms.parts()))
                .putNull("price")
                .put("price_unit", "USD")
                .put("status", service ? "accepted" : "queued")
                .put("uri", root() + "/" + sms.id() + ".json");
        message.putObject("subresource_uris").put("media", root() + "/" + sms.id() + "/Media.json");
        return message;
    }

    private Reply error(int status, String code, String text) {
        return Reply.json(
                status,
                json.objectNode()
                        .put("code", Integer.parseInt(code))
                        .put("message", text)
                        .put("more_info", "https://www.twilio.com/docs/errors/" + code)
                        .put("status", status));
    }

    @Override
    public Reply unauthorised() {
        return error(401, "20003", "Authenticate");
    }

    @Override
    public Reply noCredit() {
        return error(401, "20003", "Account suspended");
    }

    @Override
    public Reply throttled(Duration retryAfter) {
        return error(429, "20429", "Too Many Requests").retryAfter(retryAfter);
    }

    @Override
    public Reply failed(int status) {
        return error(status, status == 503 ? "20503" : "20500", "Internal Server Error");
    }

    @Override
    public Reply refused(String code, String to) {
        return error(STATUS.getOrDefault(code, 400), code, "refused for this test: " + to);
    }

    @Override
    public Optional<Reply> answer(Request request, List<Sms> latest) {
        if (!request.method().equals("GET") || !request.path().startsWith(root())) {
            return Optional.empty();
        }
        String rest = request.path().substring(root().length());
        if (rest.equals(".json")) {
            return Optional.of(list(request, latest));
        }
        return latest.stream()
                .filter(sms -> rest.equals("/" + sms.id() + ".json"))
                .findFirst()
                .map(sms -> Reply.json(200, message(sms)));
    }

    private Reply list(Request request, List<Sms> latest) {
        String to = request.query().getOrDefault("To", "").strip().replace("+", "");
        String from = request.query().getOrDefault("From", "").strip();
        int size = Math.min(1_000, Integer.parseInt(request.query().getOrDefault("PageSize", "50")));
        ArrayNode messages = json.arrayNode();
        latest.stream()
                .filter(sms -> to.isEmpty() || sms.to().equals(to))
                .filter(sms ->
                        from.isEmpty() || sms.from().equals(from) || sms.from().equals("+" + from))
                .limit(size)
                .forEach(sms -> messages.add(message(sms)));
        return Reply.json(
                200,
                json.objectNode()
                        .put("page", 0)
                        .put("page_size", size)
                        .putNull("next_page_uri")
                        .set("messages", messages));
    }

    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        List<Callback> all = new ArrayList<>();
        all.add(receipt(sms, "sent", "", where));
        switch (state) {
            case DELIVERED -> all.add(receipt(sms, "delivered", "", where));
            case UNDELIVERED -> all.add(receipt(sms, "undelivered", "30003", where));
            case EXPIRED -> all.add(receipt(sms, "undelivered", "30008", where));
            case BLOCKED -> all.add(receipt(sms, "undelivered", "30004", where));
        }
        return all;
    }

    private Callback receipt(Sms sms, String status, String errorCode, URI where) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", sms.id());
        form.put("MessageStatus", status);
        form.put("SmsSid", sms.id());
        form.put("SmsStatus", status);
        form.put("To", "+" + sms.to());
        if (!sms.from().isEmpty()) {
            form.put("From", sms.from());
        }
        form.put("AccountSid", settings.account());
        form.put("ApiVersion", "2010-04-01");
        if (sms.fields().containsKey("MessagingServiceSid")) {
            form.put("MessagingServiceSid", sms.fields().get("MessagingServiceSid"));
        }
        if (!errorCode.isEmpty()) {
            form.put("ErrorCode", errorCode);
        }
        return signed(true, form, where);
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        String sid = String.format("SM%032x", (1L << 40) + number);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("ToCountry", "GB");
        form.put("SmsMessageSid", sid);
        form.put("NumMedia", "0");
        form.put("SmsSid", sid);
        form.put("SmsStatus", "received");
        form.put("Body", text);
        form.put("To", to.matches("[0-9]{7,15}") ? "+" + to : to);
        form.put("NumSegments", Integer.toString(HandsetText.parts(text)));
        form.put("MessageSid", sid);
        form.put("AccountSid", settings.account());
        form.put("From", "+" + from);
        form.put("ApiVersion", "2010-04-01");
        return List.of(signed(false, form, where));
    }

    /** HMAC-SHA1 over the URL without its fragment and the parameters, sorted, each with its name before it. */
    private Callback signed(boolean receipt, Map<String, String> form, URI where) {
        String url = where.toString().replaceFirst("#.*", "");
        StringBuilder data = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        String body = Request.encoded(form);
        return Callback.post(
                receipt,
                where,
                Map.of(
                        "Content-Type",
                        "application/x-www-form-urlencoded; charset=UTF-8",
                        "User-Agent",
                        "TwilioProxy/1.1",
                        "I-Twilio-Idempotency-Token",
                        UUID.randomUUID().toString(),
                        "X-Twilio-Signature",
                        Signing.base64("HmacSHA1", settings.secret(), data.toString())),
                body);
    }

    /**
     * One more try after a connection that failed, unless the URL's fragment says otherwise: {@code #rc=5&rp=4xx,5xx,ct,rt}.
     * Everything within 15 s.
     */
    @Override
    public RetrySchedule schedule(Callback callback) {
        Map<String, String> told = Request.fields(
                callback.uri().getFragment() == null ? "" : callback.uri().getFragment());
        int count = Integer.parseInt(told.getOrDefault("rc", "1"));
        String reasons = told.getOrDefault("rp", "ct");
        boolean all = reasons.contains("all");
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < Math.min(5, count); i++) {
            waits.add(Duration.ofSeconds(1));
        }
        return new RetrySchedule(
                waits, Duration.ofSeconds(15), all || reasons.contains("4xx"), all || reasons.contains("5xx"));
    }
}
