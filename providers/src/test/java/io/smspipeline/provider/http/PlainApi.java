package io.smspipeline.provider.http;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.WholeMessage;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.OutgoingMessage;
import io.smspipeline.record.TextContent;
import io.smspipeline.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An API as small as can be, close enough to Twilio's to be spoken with its simulator. */
final class PlainApi implements HttpApi {
    private final URI base;
    private final String secret;
    private final boolean check;

    /** @param check whether the account can be asked about */
    PlainApi(URI base, String secret, boolean check) {
        this.base = base;
        this.secret = secret;
        this.check = check;
    }

    /** Settings of an account there. */
    static HttpSettings settings(URI base, String... keys) {
        String yaml = "base-url: " + base + "\n" + String.join("\n", keys) + "\n";
        Settings settings = Settings.parse(
                yaml, Map.of(), Set.of("base-url", "window", "response-timeout", "check", "refused-pause", "look-up"));
        HttpSettings read = HttpSettings.read(settings.root(), "");
        settings.faults().throwIfAny();
        return read;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return WholeMessage.plan(message, "12345");
    }

    @Override
    public boolean givesReceipts() {
        return false;
    }

    private URI messages() {
        return URI.create(base + "/2010-04-01/Accounts/AC1/Messages.json");
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        OutgoingMessage message = submission.message();
        return Call.postForm(
                        messages(),
                        List.of(
                                Map.entry("To", message.getTo()),
                                Map.entry("From", submission.from()),
                                Map.entry("Body", ((TextContent) message.getContent()).getText())))
                .withBasic("AC1", secret);
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        if (!answer.isSuccess()) {
            return HttpStatus.meaning("plain", answer, answer.shownText(), answer.retryAfter(now), false);
        }
        String sid = answer.json().path("sid").asText("");
        return sid.isEmpty()
                ? new Verdict.Unclear(new Failure(FailureCode.GENERIC, "no sid", null, null, false))
                : new Verdict.Taken(sid);
    }

    @Override
    public Optional<Call> accountCheck() {
        return check ? Optional.of(Call.get(messages()).withBasic("AC1", secret)) : Optional.empty();
    }
}
