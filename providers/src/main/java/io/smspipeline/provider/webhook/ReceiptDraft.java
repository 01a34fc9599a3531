package io.smspipeline.provider.webhook;

import io.smspipeline.provider.Finality;
import io.smspipeline.record.Failure;
import io.smspipeline.record.Receipt;
import io.smspipeline.record.ReceiptState;
import io.smspipeline.schemas.providerid.IdRule;
import io.smspipeline.schemas.providerid.ProviderIds;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider told about a message, before it is a record.
 *
 * @param provider alias
 * @param id its id of the message; empty when it named none
 * @param word the state in its own word; empty when it told none
 * @param state what that means
 * @param code its own error code; null when it told none
 * @param failure why it was not delivered; null when it was or may be
 * @param handset whom the message was for, as the provider writes it; empty when it does not say
 * @param sender from whom it was, as the provider writes it; empty when it does not say
 * @param doneDate local time without zone, ISO-8601; null when it does not say
 */
public record ReceiptDraft(
        String provider,
        String id,
        String word,
        ReceiptState state,
        @Nullable String code,
        @Nullable Failure failure,
        String handset,
        String sender,
        @Nullable String doneDate) {

    /**
     * The record. It counts as understood when it names a message and a state.
     *
     * @param raw as it came
     */
    public WebhookArrival arrival(byte[] raw, Instant receivedAt) {
        Receipt receipt = new Receipt(
                provider,
                id,
                null,
                state,
                Finality.of(state),
                word.isEmpty() ? null : word,
                code,
                failure,
                Numbers.handset(handset),
                Numbers.sender(sender),
                null,
                doneDate,
                null,
                !id.isEmpty() && !word.isEmpty(),
                ByteBuffer.wrap(raw),
                0,
                Map.of(),
                receivedAt);
        return new WebhookArrival.OfReceipt(receipt, id.isEmpty() ? "" : ProviderIds.ofReceipt(IdRule.SAME, id));
    }
}
