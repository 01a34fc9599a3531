package io.smspipeline.simulator.aggregator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clickatell's HTTP API, which was there before its platform: forms in, lines of text out, HTTP 200 whatever they say. The account's
 * name is its {@code user}, its secret the {@code password}; any {@code api_id} will do.
 */
final class ClickatellHttpShape implements AggregatorApi {
    private static final DateTimeFormatter SEAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("GMT+2"));

    private final AggregatorSettings settings;

    ClickatellHttpShape(AggregatorSettings settings) {
        this.settings = settings;
    }

    private static Map<String, String> fields(Request request) {
        Map<String, String> fields = new LinkedHashMap<>(request.query());
        fields.putAll(request.form());
        return fields;
    }

    private static Reply text(String line) {
        return new Reply(200, Map.of("Content-Type", "text/plain"), line.getBytes(StandardCharsets.UTF_8));
    }

    private static Reply error(String code, String words) {
        return text("ERR: " + code + ", " + words);
    }

    @Override
    public boolean isSubmit(Request request) {
        return request.path().equals("/http/sendmsg");
    }

    @Override
    public boolean isAuthorised(Request request) {
        Map<String, String> fields = fields(request);
        return settings.account().isEmpty()
                || settings.account().equals(fields.get("user"))
                        && settings.secret().equals(fields.get("password"))
                        && !fields.getOrDefault("api_id", "").isEmpty();
    }

    @Override
    public Wish read(Request request) {
        Map<String, String> fields = fields(request);
        String to = fields.getOrDefault("to", "");
        if (!to.matches("[0-9]{7,15}")) {
            return new Wish.Nonsense(error("105", "Invalid destination address"));
        }
        String text = fields.getOrDefault("text", "");
        if (text.isEmpty()) {
            return new Wish.Nonsense(error("107", "Empty message"));
        }
        if (fields.getOrDefault("unicode", "0").equals("1")) {
            if (!text.matches("([0-9a-fA-F]{4})+")) {
                return new Wish.Nonsense(error("116", "Invalid unicode data"));
            }
            text = new String(HexFormat.of().parseHex(text), StandardCharsets.UTF_16BE);
        }
        if (!fields.getOrDefault("climsgid", "").matches("[0-9A-Za-z]{0,32}")) {
            return new Wish.Nonsense(error("101", "Invalid or missing parameters"));
        }
        int parts = HandsetText.parts(text);
        if (parts > Integer.parseInt(fields.getOrDefault("concat", "1"))) {
            return new Wish.Nonsense(error("113", "Maximum message parts exceeded"));
        }
        return new Wish.Take(to, fields.getOrDefault("from", ""), text, parts, fields, "", null);
    }

    @Override
    public List<String> ids(long number, int parts) {
        return List.of(String.format("%032x", number));
    }

    @Override
    public Reply accepted(Sms sms) {
        return text("ID: " + sms.id());
    }

    @Override
    public Reply unauthorised() {
        return error("001", "Authentication failed");
    }

    @Override
    public Reply noCredit() {
        return error("301", "No credit left");
    }

    /** Until when stands in the words, as seconds of the epoch. */
    @Override
    public Reply throttled(Duration retryAfter) {
        return error(
                "130",
                "Maximum MT limit exceeded until UNIX TIME "
                        + Instant.now().plus(retryAfter).plusMillis(999).getEpochSecond());
    }

    @Override
    public Reply failed(int status) {
        return error("901", "Internal error, please retry");
    }

    @Override
    public Reply refused(String code, String to) {
        return error(code, "refused for this test");
    }

    @Override
    public Optional<Reply> answer(Request request, List<Sms> latest) {
        if (request.path().equals("/http/getbalance")) {
            return Optional.of(text("Credit: 12.50"));
        }
        if (request.path().equals("/http/querymsg")) {
            String id = fields(request).getOrDefault("apimsgid", "");
            return Optional.of(Sms.named(id, latest)
                    .map(sms -> text("ID: " + id + " Status: 003"))
                    .orElseGet(() -> error("104", "Unknown client message id")));
        }
        return Optional.empty();
    }

    /** Of the bits of {@code callback}: 1 intermediate states, 2 final ones, 4 errors. */
    @Override
    public List<Callback> receipts(Sms sms, FinalState state, URI where, Instant now) {
        int wanted = Integer.parseInt(sms.fields().getOrDefault("callback", "0"));
        String code = switch (state) {
            case DELIVERED -> "004";
            case UNDELIVERED -> "007";
            case EXPIRED -> "010";
            case BLOCKED -> "009";
        };
        boolean delivered = state == FinalState.DELIVERED;
        List<String> codes = List.of((wanted & 1) != 0 ? "003" : "", (wanted & (delivered ? 2 : 4)) != 0 ? code : "");
        return codes.stream()
                .filter(each -> !each.isEmpty())
                .map(each -> {
                    Map<String, String> told = new LinkedHashMap<>();
                    told.put("api_id", sms.fields().getOrDefault("api_id", "1"));
                    told.put("apiMsgId", sms.id());
                    told.put("cliMsgId", sms.fields().getOrDefault("climsgid", ""));
                    told.put("to", sms.to());
                    told.put("from", sms.from());
                    told.put("status", each);
                    told.put("charge", "1.0");
                    told.put("timestamp", Long.toString(now.getEpochSecond()));
                    return form(true, told, where);
                })
                .toList();
    }

    @Override
    public List<Callback> inbound(
            long number, String from, String to, String text, @Nullable Sms answered, URI where, Instant now) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("api_id", "1");
        told.put("moMsgId", String.format("%032x", (1L << 40) + number));
        told.put("from", from);
        told.put("to", to);
        told.put("timestamp", SEAT.format(now));
        told.put("charset", "UTF-8");
        told.put("text", text);
        return List.of(form(false, told, where));
    }

    private static Callback form(boolean receipt, Map<String, String> told, URI where) {
        String encoded = Request.encoded(told);
        return Callback.post(receipt, where, Map.of("Content-Type", "application/x-www-form-urlencoded"), encoded);
    }

    @Override
    public RetrySchedule schedule(Callback callback) {
        return schedule(callback.receipt());
    }

    static RetrySchedule schedule(boolean receipt) {
        return new RetrySchedule(
                receipt
                        ? RetrySchedule.minutes(2, 4, 8, 16, 32, 64, 128, 4_320)
                        : RetrySchedule.minutes(2, 4, 8, 16, 25),
                Duration.ofSeconds(30),
                true,
                true);
    }
}
