package io.smspipeline.provider.smpp.held;

import io.smspipeline.provider.Finality;
import io.smspipeline.provider.HeldAnswer;
import io.smspipeline.provider.HeldMessage;
import io.smspipeline.provider.smpp.inbound.ReceiptErrors;
import io.smspipeline.provider.smpp.inbound.SmscReceipt;
import io.smspipeline.provider.smpp.session.Octets;
import io.smspipeline.provider.smpp.submit.StatusClass;
import io.smspipeline.provider.smpp.submit.StatusCode;
import io.smspipeline.record.Failure;
import io.smspipeline.record.FailureCode;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the SMSC's answer to a question about a message means, or its silence. Immutable. */
final class HeldMeaning {
    private static final int RINVCMDID = 0x03;
    private static final int RINVMSGID = 0x0C;
    private static final int RCANCELFAIL = 0x11;
    private static final int RREPLACEFAIL = 0x13;
    private static final int RQUERYFAIL = 0x67;

    /** YYMMDDhhmmss of SMPP 3.4 §7.1.1. */
    private static final int FINAL_DATE_DIGITS = 12;

    private static final DateTimeFormatter FINAL_DATE = new DateTimeFormatterBuilder()
            .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
            .appendPattern("MMddHHmmss")
            .toFormatter();

    private final String alias;
    private final IdRule ids;
    private final ReceiptErrors errors;
    private final Clock clock;

    HeldMeaning(String alias, IdRule ids, ReceiptErrors errors, Clock clock) {
        this.alias = alias;
        this.ids = ids;
        this.errors = errors;
        this.clock = clock;
    }

    HeldAnswer ofAnswer(HeldOperation operation, HeldMessage message, boolean nack, int status, Octets body) {
        if (status != 0 || nack) {
            return ofStatus(operation, message, status == 0 ? RINVCMDID : status);
        }
        return operation == HeldOperation.QUERY ? told(message, body) : new HeldAnswer.Done();
    }

    private HeldAnswer told(HeldMessage message, Octets body) {
        byte[] raw = body.take(body.remaining());
        Octets fields = new Octets(raw, 0, raw.length);
        fields.cString();
        String finalDate = fields.cString();
        if (fields.remaining() < 1) {
            return new HeldAnswer.Refused(new Failure(
                    FailureCode.GENERIC,
                    alias + " answered query_sm without a message_state: nothing is known but what was before.",
                    null,
                    null,
                    true));
        }
        ReceiptState state = SmscReceipt.stateOf(fields.u8());
        int error = fields.remaining() < 1 ? 0 : fields.u8();
        String err = error == 0 ? null : "%03d".formatted(error);
        Receipt receipt = new Receipt(
                alias,
                message.providerMessageId(),
                null,
                state,
                Finality.of(state),
                null,
                err,
                errors.failure(state, null, err),
                message.to(),
                message.from(),
                null,
                iso(finalDate),
                null,
                true,
                ByteBuffer.wrap(raw),
                0,
                Map.of(),
                clock.instant());
        // The id is the one of submit_sm_resp, not one of a receipt.
        return new HeldAnswer.Told(
                receipt, ProviderIds.ofSubmit(ids, message.providerMessageId()).get(0));
    }

    private static @Nullable String iso(String smppTime) {
        if (smppTime.length() < FINAL_DATE_DIGITS) {
            return null;
        }
        try {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                    LocalDateTime.parse(smppTime.substring(0, FINAL_DATE_DIGITS), FINAL_DATE));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private HeldAnswer ofStatus(HeldOperation operation, HeldMessage message, int value) {
        StatusCode status = StatusCode.of(value);
        boolean passing = status.kind() == StatusClass.THROTTLE
                || (status.kind() == StatusClass.LATER && status.mostTries() == 0 && value != RQUERYFAIL);
        Failure failure = new Failure(
                status.failure(),
                alias + " did not " + operation.deed() + ": " + reason(operation, message, status) + " (" + status
                        + ").",
                status.hex(),
                status.name(),
                !passing);
        return passing ? new HeldAnswer.Unanswered(failure) : new HeldAnswer.Refused(failure);
    }

    private static String reason(HeldOperation operation, HeldMessage message, StatusCode status) {
        return switch (status.value()) {
            case RINVCMDID -> "it offers no " + operation.command();
            case RINVMSGID -> "it knows no message " + message.providerMessageId() + " of this sender, or no longer";
            case RCANCELFAIL -> "the message has ended already or is just being delivered";
            case RREPLACEFAIL -> "the message has ended already, or this SMSC replaces none";
            case RQUERYFAIL -> "it cannot look this message up";
            default -> status.meaning();
        };
    }

    /** No answer, or the question never left. Whatever was asked for, asking again does no harm. */
    HeldAnswer ofSilence(HeldOperation operation, String why) {
        return new HeldAnswer.Unanswered(new Failure(
                FailureCode.CONNECTION,
                operation.command() + " got no answer from " + alias + ": " + why,
                null,
                null,
                false));
    }

    /** It cannot be asked like this. */
    HeldAnswer ofUnwritable(HeldOperation operation, FailureCode code, String why) {
        return new HeldAnswer.Refused(
                new Failure(code, operation.command() + " cannot be written: " + why, null, null, true));
    }
}
