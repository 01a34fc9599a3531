package io.smspipeline.provider.clickatell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.ErrorRow;
import io.smspipeline.provider.http.ErrorTable;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.Inquiry;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.provider.webhook.ReceiptDraft;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.record.TextContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Clickatell's One API: {@code POST /v1/message}. Errors come with the answer or with the message, and a rate limit comes as
 * HTTP 400 with code 43. A message can be looked up by Clickatell's id alone, so a lost answer stays in doubt.
 */
final class ClickatellApi implements HttpApi {
    private static final Set<String> FIELDS = Set.of("clientMessageId");
    private static final Set<String> OURS = Set.of("channel", "to", "content", "from");

    private final String alias;
    private final ClickatellSettings settings;

    ClickatellApi(String alias, ClickatellSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.plainText().withoutValidity();
            Asked.own(message, ClickatellProviderType.NAME, FIELDS, OURS);
        });
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode entry = body.putArray("messages")
                .addObject()
                .put("channel", "sms")
                .put("to", Planning.digits(message.getTo()))
                .put("content", ((TextContent) message.getContent()).getText())
                .put("clientMessageId", message.getId());
        if (!submission.from().isEmpty()) {
            entry.put("from", Planning.bare(submission.from()));
        }
        Asked.own(message, ClickatellProviderType.NAME, FIELDS, OURS).forEach(entry::put);
        return authenticated(Call.postJson(settings.http().at("/v1/message"), body));
    }

    /** The key itself, without a scheme before it. */
    private Call authenticated(Call call) {
        return call.with("Authorization", settings.secret().now().reveal());
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        JsonNode json = answer.json();
        JsonNode told = json.path("messages").path(0);
        String id = told.path("apiMessageId").asText("");
        if (answer.isSuccess() && told.path("accepted").asBoolean(!id.isEmpty()) && !id.isEmpty()) {
            return new Verdict.Taken(id);
        }
        JsonNode error = error(json, told);
        String code = error == null ? null : error.path("code").asText(null);
        String words =
                error == null ? answer.shownText() : error.path("description").asText(null);
        ErrorTable table = ClickatellErrors.TABLE;
        return answer.isSuccess() && code != null && table.row(code) == null
                ? ErrorRow.undocumented(code).refusal(alias, words, answer.retryAfter(now))
                : table.meaning(alias, code, words, answer, now, false);
    }

    /** Of the message, or of the whole answer, as an object of its own or as the answer itself. */
    private static @Nullable JsonNode error(JsonNode json, JsonNode told) {
        for (JsonNode place : new JsonNode[] {told.path("error"), json.path("error"), json}) {
            if (place.hasNonNull("code")) {
                return place;
            }
        }
        return null;
    }

    @Override
    public Optional<Inquiry> inquiry(HeldMessage message) {
        String id = message.providerMessageId();
        Call call = authenticated(Call.get(settings.http().at("/v1/message/" + Call.encoded(id))));
        return Optional.of(new Inquiry(
                call,
                answer ->
                        state(message, answer.json().path("sms").path("status").asText(""))));
    }

    private Optional<ReceiptDraft> state(HeldMessage message, String word) {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        ReceiptState state = ClickatellStatuses.WORDS.getOrDefault(word.toUpperCase(Locale.ROOT), ReceiptState.UNKNOWN);
        return Optional.of(new ReceiptDraft(
                alias,
                message.providerMessageId(),
                word,
                state,
                null,
                ClickatellStatuses.PLATFORM_ERRORS.failure(alias, state, null, word),
                message.to(),
                message.from(),
                null));
    }

    @Override
    public Optional<Call> accountCheck() {
        return Optional.of(authenticated(Call.get(settings.http().at("/v1/balance"))));
    }

    @Override
    public boolean isAccountFine(HttpAnswer answer) {
        JsonNode balance = answer.json().path("balance");
        return answer.isSuccess() && (!balance.isNumber() || balance.asDouble() > 0);
    }
}
