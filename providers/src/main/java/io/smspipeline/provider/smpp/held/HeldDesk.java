package io.smspipeline.provider.smpp.held;

import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.HeldMessages;
import io.smspipeline.provider.smpp.inbound.ReceiptErrors;
import io.smspipeline.provider.smpp.session.AsyncSession;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.session.Request;
import io.smspipeline.provider.smpp.submit.ShortText;
import io.smspipeline.provider.smpp.submit.SubmitRules;
import io.smspipeline.record.FailureCode;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.text.TextRefusedException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jsmpp.PDUStringException;
import org.jspecify.annotations.Nullable;

/**
 * Asks over any bind that may submit: ids are the account's, not the bind's. Questions take no place in the window, since they
 * must get through while it is full; there are few of them.
 */
public final class HeldDesk implements HeldMessages {
    private final Supplier<@Nullable AsyncSession> sessions;
    private final HeldComposer composer;
    private final HeldMeaning meaning;
    private final ShortText texts;

    /** @param sessions gives a session that takes requests now, or null */
    public HeldDesk(
            String alias,
            SubmitRules rules,
            IdRule ids,
            ReceiptErrors errors,
            Clock clock,
            Supplier<@Nullable AsyncSession> sessions) {
        this.sessions = sessions;
        composer = new HeldComposer(rules, clock);
        meaning = new HeldMeaning(alias, ids, errors, clock);
        texts = new ShortText(rules.texts());
    }

    @Override
    public CompletionStage<HeldAnswer> query(HeldMessage message) {
        return ask(HeldOperation.QUERY, message, sequence -> composer.query(sequence, message));
    }

    @Override
    public CompletionStage<HeldAnswer> cancel(HeldMessage message) {
        return ask(HeldOperation.CANCEL, message, sequence -> composer.cancel(sequence, message));
    }

    @Override
    public CompletionStage<HeldAnswer> replace(HeldMessage message, String text, Duration validity) {
        byte[] shortMessage;
        try {
            shortMessage = texts.encode(text);
        } catch (TextRefusedException e) {
            return CompletableFuture.completedFuture(meaning.ofUnwritable(
                    HeldOperation.REPLACE, FailureCode.UNSUPPORTED, String.valueOf(e.getMessage())));
        }
        return ask(
                HeldOperation.REPLACE,
                message,
                sequence -> composer.replace(sequence, message, shortMessage, validity));
    }

    private interface Pdu {
        byte[] of(int sequence) throws PDUStringException;
    }

    private CompletionStage<HeldAnswer> ask(HeldOperation operation, HeldMessage message, Pdu pdu) {
        AsyncSession session = sessions.get();
        if (session == null) {
            return CompletableFuture.completedFuture(meaning.ofSilence(operation, "no bind is up"));
        }
        Question question = new Question(operation, message);
        try {
            session.send(sequence -> written(pdu, sequence), question);
            session.flushSoon();
        } catch (UnwritableException e) {
            question.answer.complete(
                    meaning.ofUnwritable(operation, FailureCode.REQUEST, String.valueOf(e.getMessage())));
        }
        return question.answer;
    }

    private static byte[] written(Pdu pdu, int sequence) {
        try {
            return pdu.of(sequence);
        } catch (PDUStringException e) {
            throw new UnwritableException(e);
        }
    }

    private final class Question implements Request {
        private final HeldOperation operation;
        private final HeldMessage message;
        private final CompletableFuture<HeldAnswer> answer = new CompletableFuture<>();

        Question(HeldOperation operation, HeldMessage message) {
            this.operation = operation;
            this.message = message;
        }

        @Override
        public void answered(boolean nack, int status, Octets body) {
            answer.complete(meaning.ofAnswer(operation, message, nack, status, body));
        }

        @Override
        public void unanswered(Fate fate, String why) {
            answer.complete(meaning.ofSilence(operation, why));
        }
    }

    /** A field is too long for SMPP. */
    private static final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnwritableException(PDUStringException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
