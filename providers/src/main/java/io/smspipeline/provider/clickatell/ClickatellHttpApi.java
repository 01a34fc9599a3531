package io.smspipeline.provider.clickatell;

import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.HttpStatus;
import io.smspipeline.provider.http.Inquiry;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.record.Failure;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.TextContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clickatell's HTTP API, which was there before its platform: {@code POST /http/sendmsg}, a form with user and password in each call,
 * and one line of text as answer, with HTTP 200 whatever it says. A message can be looked up by Clickatell's id alone, so a lost
 * answer stays in doubt.
 */
final class ClickatellHttpApi implements HttpApi {
    private static final Set<String> FIELDS = Set.of("climsgid", "deliv_time", "req_feat", "max_credits", "deliv_ack");
    private static final Set<String> OURS =
            Set.of("api_id", "user", "password", "session_id", "to", "text", "from", "unicode");
    private static final Duration LONGEST_VALIDITY = Duration.ofMinutes(10_080);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(24);
    private static final int LONGEST_REFERENCE = 32;

    private static final Pattern TAKEN = Pattern.compile("ID: *([0-9a-zA-Z]+)");
    private static final Pattern REFUSED = Pattern.compile("ERR: *([0-9]{1,3}),? *(.*)");
    private static final Pattern UNTIL = Pattern.compile("\\b([0-9]{10})\\b");
    private static final Pattern STATE = Pattern.compile("Status: *0*([0-9]{1,3})");
    private static final Pattern CREDIT = Pattern.compile("Credit: *(-?[0-9.]+)");

    private final String alias;
    private final ClickatellSettings settings;

    ClickatellHttpApi(String alias, ClickatellSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.withoutBinary()
                    .withoutClasses()
                    .withoutProtocolId()
                    .replies()
                    .withoutRoutingGroups();
            Asked.own(message, ClickatellProviderType.NAME, FIELDS, OURS);
        });
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        Asked asked = Asked.of(message);
        String text = ((TextContent) message.getContent()).getText();
        boolean unicode = Planning.isUnicode(text, message.getEncoding());
        List<Map.Entry<String, String>> form = new ArrayList<>(authentication());
        form.add(Map.entry("to", Planning.digits(message.getTo())));
        if (!submission.from().isEmpty()) {
            form.add(Map.entry("from", Planning.bare(submission.from())));
        }
        if (unicode) {
            form.add(Map.entry("unicode", "1"));
        }
        form.add(
                Map.entry("text", unicode ? HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_16BE)) : text));
        // A text longer than so many parts is refused; how many it has we know.
        form.add(Map.entry("concat", Integer.toString(submission.parts())));
        form.add(Map.entry("validity", Long.toString(minutes(asked.validity(validity)))));
        form.add(Map.entry("climsgid", reference(message.getId())));
        // Bits: 1 intermediate states, 2 final ones, 4 errors.
        int callback = switch (message.getStatusReport()) {
            case NONE -> 0;
            case FAILURES -> 4;
            case FINAL -> 6;
            case ALL -> 7;
        };
        form.add(Map.entry("deliv_ack", callback == 0 ? "0" : "1"));
        form.add(Map.entry("callback", Integer.toString(callback)));
        if (asked.escalate()) {
            form.add(Map.entry("escalate", "1"));
        }
        if (message.getAllowReply()) {
            form.add(Map.entry("mo", "1"));
        }
        Asked.own(message, ClickatellProviderType.NAME, FIELDS, OURS).forEach((name, value) -> {
            form.removeIf(field -> field.getKey().equals(name));
            form.add(Map.entry(name, value));
        });
        return Call.postForm(settings.http().at("/http/sendmsg"), form);
    }

    private List<Map.Entry<String, String>> authentication() {
        return List.of(
                Map.entry("api_id", settings.apiId()),
                Map.entry("user", settings.user()),
                Map.entry("password", settings.secret().now().reveal()));
    }

    private static long minutes(Duration validity) {
        Duration most = validity.compareTo(LONGEST_VALIDITY) > 0 ? LONGEST_VALIDITY : validity;
        return Math.max(1, most.toMinutes());
    }

    /** Letters and digits, which is all it takes; the dashes of an UUID say nothing. */
    private static String reference(String id) {
        String bare = id.replaceAll("[^0-9A-Za-z]", "");
        return bare.substring(0, Math.min(LONGEST_REFERENCE, bare.length()));
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        String text = answer.text();
        Matcher refused = REFUSED.matcher(text);
        if (refused.find()) {
            return refusal(refused.group(1), refused.group(2), answer, now);
        }
        Matcher taken = TAKEN.matcher(text);
        if (answer.isSuccess() && taken.find()) {
            return new Verdict.Taken(taken.group(1));
        }
        return HttpStatus.meaning(alias, answer, answer.shownText(), answer.retryAfter(now), false);
    }

    private Verdict refusal(String number, String words, HttpAnswer answer, Instant now) {
        String code = String.format(Locale.ROOT, "%03d", Integer.parseInt(number));
        ErrorRow row = ClickatellHttpErrors.TABLE.row(code);
        if (row == null) {
            row = ErrorRow.undocumented(code);
        }
        Duration asked = answer.retryAfter(now);
        Matcher until = UNTIL.matcher(words);
        if (code.equals(ClickatellHttpErrors.LIMIT) && until.find()) {
            Duration told = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(until.group(1))));
            asked = told.isNegative() ? Duration.ZERO : told.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : told;
        }
        return row.refusal(alias, words.strip(), asked);
    }

    @Override
    public Optional<Inquiry> inquiry(HeldMessage message) {
        List<Map.Entry<String, String>> form = new ArrayList<>(authentication());
        form.add(Map.entry("apimsgid", message.providerMessageId()));
        return Optional.of(new Inquiry(
                Call.postForm(settings.http().at("/http/querymsg"), form), answer -> state(message, answer.text())));
    }

    private Optional<ReceiptDraft> state(HeldMessage message, String text) {
        Matcher told = STATE.matcher(text);
        if (!told.find()) {
            return Optional.empty();
        }
        String number = told.group(1);
        ReceiptState state = ClickatellStatuses.FORMER.getOrDefault(number, ReceiptState.UNKNOWN);
        Failure failure = ClickatellStatuses.FORMER_ERRORS.failure(alias, state, number, null);
        return Optional.of(new ReceiptDraft(
                alias,
                message.providerMessageId(),
                number,
                state,
                failure == null ? null : number,
                failure,
                message.to(),
                message.from(),
                null));
    }

    @Override
    public Optional<Call> accountCheck() {
        return Optional.of(Call.postForm(settings.http().at("/http/getbalance"), authentication()));
    }

    @Override
    public boolean isAccountFine(HttpAnswer answer) {
        Matcher credit = CREDIT.matcher(answer.text());
        return answer.isSuccess() && credit.find() && Double.parseDouble(credit.group(1)) > 0;
    }
}
