package io.smspipeline.provider.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Asked;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Vonage's Messages API 1.4: {@code POST /v1/messages} with Basic authentication, one id for the whole message whatever its length.
 * Errors are problem documents with a code behind the hash sign of their type. As with the SMS API, a lost answer stays in doubt,
 * and receipts go where the account's application says.
 */
final class VonageMessagesApi implements HttpApi {
    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_REFERENCE = 100;
    private static final Set<String> FIELDS = Set.of("client_ref");
    private static final Set<String> OURS = Set.of("message_type", "channel", "to", "from", "text");

    private final String alias;
    private final VonageSettings settings;

    VonageMessagesApi(String alias, VonageSettings settings) {
        this.alias = alias;
        this.settings = settings;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.plainText().withoutValidity();
            VonageApi.checkSender(planning, alias);
            VonageApi.checkLength(planning, message, LONGEST_TEXT);
            Asked.own(message, VonageProviderType.NAME, FIELDS, OURS);
        });
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        String id = message.getId();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("message_type", "text")
                .put("channel", "sms")
                .put("to", Planning.digits(message.getTo()))
                .put("from", Planning.bare(submission.from()))
                .put("text", ((TextContent) message.getContent()).getText())
                .put("client_ref", id.substring(0, Math.min(LONGEST_REFERENCE, id.length())));
        Asked.own(message, VonageProviderType.NAME, FIELDS, OURS).forEach(body::put);
        return Call.postJson(settings.http().at("/v1/messages"), body)
                .withBasic(settings.apiKey(), settings.apiSecret().now().reveal());
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        JsonNode json = answer.json();
        String id = json.path("message_uuid").asText("");
        if (answer.isSuccess() && !id.isEmpty()) {
            return new Verdict.Taken(id);
        }
        String code = VonageMessagesErrors.code(json.path("type").asText(""));
        return VonageMessagesErrors.TABLE.meaning(
                alias, code, json.path("detail").asText(answer.shownText()), answer, now, false);
    }
}
