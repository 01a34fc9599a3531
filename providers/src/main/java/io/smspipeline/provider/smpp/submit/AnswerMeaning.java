package io.smspipeline.provider.smpp.submit;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.session.Request.Fate;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What the SMSC's answer to a submit_sm, or its silence, means for the submission. Immutable. */
public final class AnswerMeaning {
    private final String alias;
    private final IdRule ids;
    private final StatusTable statuses;

    public AnswerMeaning(String alias, IdRule ids, StatusTable statuses) {
        this.alias = alias;
        this.ids = ids;
        this.statuses = statuses;
    }

    /**
     * An answer. Status 0 is acceptance whatever its body looks like: a message_id that is too long or lacks its NUL is taken
     * as it is, since to call that message uncertain would be to send it twice.
     */
    public SendOutcome ofAnswer(boolean nack, int status, Octets body) {
        if (status == 0 && !nack) {
            String id = body.cString();
            return new SendOutcome.Accepted(id, ProviderIds.ofSubmit(ids, id));
        }
        return ofStatus(statuses.of(status == 0 ? 0xFF : status));
    }

    /** What this status asks for at this account. */
    public StatusClass kindOf(int status) {
        return statuses.of(status).kind();
    }

    private SendOutcome ofStatus(StatusCode status) {
        return switch (status.kind()) {
            case OK -> throw new IllegalStateException("status 0 is no failure");
            case THROTTLE -> new SendOutcome.Throttled(failure(status, false), status.pause());
            case LATER, BIND, LINK ->
                new SendOutcome.Unreachable(failure(status, false), status.pause(), status.mostTries());
            case PERMANENT, CONFIG -> new SendOutcome.Rejected(failure(status, true));
        };
    }

    /**
     * No answer.
     *
     * @param late completes when the answer comes after all
     */
    public SendOutcome ofSilence(Fate fate, String why, CompletionStage<SendOutcome> late) {
        return switch (fate) {
            case NEVER_SENT ->
                new SendOutcome.Unreachable(silence("not handed over to " + alias + ": " + why), Duration.ZERO);
            case UNKNOWN ->
                new SendOutcome.Uncertain(silence(alias + " may have taken it or not, no answer came: " + why), late);
        };
    }

    /** It cannot be written as submit_sm. */
    public SendOutcome ofUnwritable(String why) {
        return new SendOutcome.Rejected(
                new Failure(FailureCode.REQUEST, "it does not fit into submit_sm: " + why, null, null, true));
    }

    private Failure failure(StatusCode status, boolean permanent) {
        return new Failure(
                status.failure(),
                alias + " refused it with " + status + ": " + status.meaning(),
                status.hex(),
                status.name(),
                permanent);
    }

    private static Failure silence(String reason) {
        return new Failure(FailureCode.CONNECTION, reason, null, null, false);
    }
}
