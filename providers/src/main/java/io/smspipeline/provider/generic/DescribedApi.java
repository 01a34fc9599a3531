package io.smspipeline.provider.generic;

import io.smspipeline.provider.Plan;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.http.Call;
import io.smspipeline.provider.http.HttpAnswer;
import io.smspipeline.provider.http.HttpApi;
import io.smspipeline.provider.http.Planning;
import io.smspipeline.provider.http.Verdict;
import io.smspipeline.record.OutgoingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An API spoken as the configuration says. What its request has no place for, it has not. */
final class DescribedApi implements HttpApi {
    private final String alias;
    private final GenericSettings settings;
    private final Values values;
    private final Set<String> names;

    DescribedApi(String alias, GenericSettings settings) {
        this.alias = alias;
        this.settings = settings;
        this.values = new Values(settings.user(), settings.secret(), settings.callback());
        this.names = settings.request().names();
    }

    @Override
    public boolean givesReceipts() {
        return settings.givesReceipts();
    }

    @Override
    public boolean recognisesRepeats() {
        return settings.recognisesRepeats();
    }

    private boolean has(String... any) {
        for (String name : any) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Plan plan(OutgoingMessage message) {
        return Planning.plan(alias, message, settings.http().from(), planning -> {
            planning.withoutBinary().withoutProtocolId().withoutEncoding().replies();
            if (!has("param.escalate")) {
                planning.withoutEscalation();
            }
            if (!has("param.routingGroup", "param.routing-group")) {
                planning.withoutRoutingGroups();
            }
            Integer messageClass = message.getMessageClass();
            if (!has("flash") || messageClass != null && messageClass != 0) {
                planning.withoutClasses();
            }
            if (!has("validity-seconds", "validity-minutes")) {
                planning.withoutValidity();
            }
            if (settings.longestText() > 0) {
                planning.noLongerThan(settings.longestText());
            }
        });
    }

    @Override
    public Call submit(Submission submission, Duration validity, int variant) {
        return settings.request().filled(settings.http(), name -> values.of(submission, validity, name));
    }

    @Override
    public Verdict meaning(Submission submission, int variant, HttpAnswer answer, Instant now) {
        return settings.answer().meaning(alias, answer, answer.retryAfter(now), settings.recognisesRepeats());
    }

    @Override
    public Optional<Call> accountCheck() {
        return Optional.ofNullable(settings.accountCheck())
                .map(check -> check.filled(settings.http(), values::ofAccount));
    }
}
