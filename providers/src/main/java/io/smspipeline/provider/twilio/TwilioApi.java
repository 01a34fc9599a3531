package io.smspipeline.provider.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.Inquiry;
import io.smspipeline.provider.http.LookUp;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.RecentIds;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.StatusReport;
import io.smspipeline.record.TextContent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Twilio's Message resource: {@code POST /2010-04-01/Accounts/{AccountSid}/Messages.json}. There is no key by which Twilio
 * recognises a repeat, so after a lost answer its list of messages is searched.
 */
final class TwilioApi implements HttpApi {
    /** Characters, or else error 21617. */
    private static final int LONGEST_BODY = 1_600;

    /** Seconds, of {@code ValidityPeriod}. */
    private static final long LONGEST_VALIDITY = 36_000;

    private static final int PAGE = 50;

    /** Between our clock and Twilio's, and as its times have no fractions. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private static final Set<String> FIELDS = Set.of(
            "StatusCallback",
            "ValidityPeriod",
            "ScheduleType",
            "SendAt",
            "SmartEncoded",
            "MaxPrice",
            "ProvideFeedback",
            "Attempt",
            "ForceDelivery",
            "ContentRetention",
            "AddressRetention",
            "ShortenUrls",
            "RiskCheck",
            "SendAsMms",
            "ApplicationSid",
            "MessagingServiceSid");

    private static final Set<String> OURS = Set.of("To", "From", "Body");

    private final String alias;
    private final TwilioSettings settings;
    private final RecentIds taken = new RecentIds(10_000);

    TwilioApi(String alias, TwilioSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public boolean givesReceipts() {
        return settings.statusCallback() != null
                || !settings.messagingServiceSid().isEmpty();
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.plainText();
            Map<String, String> own = own(message);
            if (planning.from().isEmpty()
                    && settings.messagingServiceSid().isEmpty()
                    && !own.containsKey("MessagingServiceSid")) {
                planning.refuse(
                        FailureCode.INVALID_SENDER,
                        "the message names no sender and " + alias
                                + " has none: set from of the message or of the provider, or messaging-service-sid.");
            }
            planning.noLongerThan(LONGEST_BODY);
        });
    }

    private static Map<String, String> own(OutgoingMessage message) {
        return Asked.own(message, TwilioProviderType.NAME, FIELDS, OURS);
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        Map<String, String> own = own(message);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("To", message.getTo()));
        if (!submission.from().isEmpty()) {
            fields.add(Map.entry("From", submission.from()));
        }
        if (submission.from().isEmpty() && !own.containsKey("MessagingServiceSid")) {
            fields.add(Map.entry("MessagingServiceSid", settings.messagingServiceSid()));
        }
        fields.add(Map.entry("Body", ((TextContent) message.getContent()).getText()));
        if (settings.statusCallback() != null
                && message.getStatusReport() != StatusReport.NONE
                && !own.containsKey("StatusCallback")) {
            fields.add(Map.entry("StatusCallback", settings.statusCallback().toString()));
        }
        if (!own.containsKey("ValidityPeriod")) {
            long seconds = Asked.of(message).validity(validity).toSeconds();
            fields.add(Map.entry("ValidityPeriod", Long.toString(Math.max(1, Math.min(LONGEST_VALIDITY, seconds)))));
        }
        own.forEach((name, value) -> fields.add(Map.entry(name, value)));
        return authenticated(Call.postForm(settings.http().at(messages()), fields));
    }

    private String messages() {
        return "/2010-04-01/Accounts/" + settings.accountSid() + "/Messages.json";
    }

    private Call authenticated(Call call) {
        return settings.apiKey().isEmpty()
                ? call.withBasic(
                        settings.accountSid(), settings.authToken().now().reveal())
                : call.withBasic(
                        settings.apiKey(), settings.apiKeySecret().now().reveal());
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        JsonNode json = answer.json();
        String sid = json.path("sid").asText("");
        if (answer.isSuccess() && !sid.isEmpty()) {
            boolean ignored = taken.claim(sid, submission.message().getId());
            return new Verdict.Taken(sid);
        }
        return TwilioErrors.TABLE.meaning(
                alias, json.path("code").asText(null), json.path("message").asText(null), answer, now, false);
    }

    @Override
    public Optional<LookUp> lookUp(Submission submission, Instant leftAt) {
        List<Map.Entry<String, String>> query = new ArrayList<>();
        query.add(Map.entry("To", submission.message().getTo()));
        if (!submission.from().isEmpty()) {
            query.add(Map.entry("From", submission.from()));
        }
        query.add(Map.entry("PageSize", Integer.toString(PAGE)));
        Call call = authenticated(Call.get(settings.http().at(messages() + "?" + Call.form(query))));
        return Optional.of(new LookUp(call, answer -> found(submission, leftAt, answer)));
    }

    /** One of the same text that is not older than our request and that no other message of ours is known by. */
    private Optional<Verdict.Taken> found(Submission submission, Instant leftAt, HttpAnswer answer) {
        String text =
                ((TextContent) submission.message().getContent()).getText().strip();
        for (JsonNode listed : answer.json().path("messages")) {
            String sid = listed.path("sid").asText("");
            if (!sid.isEmpty()
                    && listed.path("body").asText("").strip().equals(text)
                    && !"inbound".equals(listed.path("direction").asText())
                    && isNotBefore(listed.path("date_created").asText(""), leftAt.minus(CLOCKS))
                    && taken.claim(sid, submission.message().getId())) {
                return Optional.of(new Verdict.Taken(sid));
            }
        }
        return Optional.empty();
    }

    private static boolean isNotBefore(String rfc2822, Instant instant) {
        try {
            return !ZonedDateTime.parse(rfc2822, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH))
                    .toInstant()
                    .isBefore(instant);
        } catch (DateTimeException e) {
            return false;
        }
    }

    @Override
    public Optional<Inquiry> inquiry(HeldMessage message) {
        String id = message.providerMessageId();
        Call call = authenticated(Call.get(settings.http()
                .at("/2010-04-01/Accounts/" + settings.accountSid() + "/Messages/" + Call.encoded(id) + ".json")));
        return Optional.of(new Inquiry(call, answer -> state(id, answer.json())));
    }

    private Optional<ReceiptDraft> state(String id, JsonNode told) {
        String word = told.path("status").asText("");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        ReceiptState state = TwilioStatuses.STATES.getOrDefault(word, ReceiptState.UNKNOWN);
        String code = told.path("error_code").asText("");
        return Optional.of(new ReceiptDraft(
                alias,
                id,
                word,
                state,
                code.isEmpty() ? null : code,
                TwilioStatuses.ERRORS.failure(
                        alias,
                        state,
                        code.isEmpty() ? null : code,
                        told.path("error_message").asText(null)),
                told.path("to").asText(""),
                told.path("from").asText(""),
                null));
    }

    @Override
    public Optional<Call> accountCheck() {
        return Optional.of(authenticated(Call.get(settings.http().at(messages() + "?PageSize=1"))));
    }
}
