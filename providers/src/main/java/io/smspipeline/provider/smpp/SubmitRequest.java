package io.smspipeline.provider.smpp;

import io.smspipeline.provider.SendOutcome;
import io.smspipeline.provider.Submission;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.session.Request;
import io.smspipeline.provider.smpp.submit.AnswerMeaning;
import io.smspipeline.provider.smpp.submit.StatusClass;
import io.smspipeline.provider.smpp.submit.StatusCode;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A submit_sm under way. */
final class SubmitRequest implements Request {
    private static final Logger LOG = LoggerFactory.getLogger(SubmitRequest.class);

    private final String alias;
    private final Alarm alarm;
    private final Submission submission;
    private final Live live;
    private final AnswerMeaning meaning;
    private final SubmitMeters meters;
    private final HighReserve reserve;
    private final CompletableFuture<SendOutcome> outcome;
    private final long since = System.nanoTime();
    private @Nullable CompletableFuture<SendOutcome> late;

    SubmitRequest(
            String alias,
            Alarm alarm,
            Submission submission,
            Live live,
            AnswerMeaning meaning,
            SubmitMeters meters,
            HighReserve reserve,
            CompletableFuture<SendOutcome> outcome) {
        this.alias = alias;
        this.alarm = alarm;
        this.submission = submission;
        this.live = live;
        this.meaning = meaning;
        this.meters = meters;
        this.reserve = reserve;
        this.outcome = outcome;
    }

    @Override
    public void answered(boolean nack, int status, Octets body) {
        long took = System.nanoTime() - since;
        meters.answeredAfter(took);
        reserve.answeredAfter(took);
        settle(meaning.ofAnswer(nack, status, body));
        StatusClass kind = meaning.kindOf(status);
        if (kind == StatusClass.LINK) {
            live.session().end("the SMSC answered submit_sm with " + StatusCode.of(status));
        } else if (kind == StatusClass.CONFIG || kind == StatusClass.BIND) {
            alarm.raise(StatusCode.of(status), submission.message().getId());
        }
    }

    @Override
    public String about() {
        return "messageId=" + submission.message().getId() + " part=" + submission.number() + "/" + submission.count();
    }

    @Override
    public void unanswered(Fate fate, String why) {
        settle(meaning.ofSilence(fate, why, late()));
    }

    /** Made when first asked for, by whoever comes first: a late answer may overtake the news that it is late. */
    private synchronized CompletableFuture<SendOutcome> late() {
        CompletableFuture<SendOutcome> known = late;
        if (known == null) {
            known = new CompletableFuture<>();
            late = known;
        }
        return known;
    }

    @Override
    public void answeredLate(boolean nack, int status, Octets body) {
        meters.answeredLate();
        SendOutcome what = meaning.ofAnswer(nack, status, body);
        LOG.warn(
                "late answer provider={} messageId={} part={}/{} status={} providerMessageId={}",
                alias,
                submission.message().getId(),
                submission.number(),
                submission.count(),
                StatusCode.of(status),
                what instanceof SendOutcome.Accepted accepted ? accepted.providerMessageId() : "");
        late().complete(what);
    }

    /** The place is free before anybody hears of the outcome. */
    void settle(SendOutcome what) {
        live.window().free();
        outcome.complete(what);
    }
}
