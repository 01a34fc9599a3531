package io.smspipeline.provider.webhook;

import io.smspipeline.record.MoPart;
import io.smspipeline.schemas.providerid.PartIds;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider brought from a handset, before it is a record.
 *
 * @param provider alias
 * @param id the provider's id of it; empty when it gave none
 * @param from the handset as the provider writes it; empty when it does not say
 * @param to the number it was sent to, as the provider writes it
 * @param text null for binary content
 * @param binary null for text
 * @param place which part of which message it is; null when it stands alone
 * @param sentAt null when the provider does not say
 */
public record MoDraft(
        String provider,
        String id,
        String from,
        String to,
        @Nullable String text,
        byte @Nullable [] binary,
        @Nullable Place place,
        @Nullable Instant sentAt) {
    /**
     * @param reference equal for all parts of a message
     * @param part from 1 to {@code parts}
     */
    public record Place(int reference, int part, int parts) {}

    /**
     * The record. It counts as understood when it says who wrote what. Without an id of the provider's its content names it: two
     * equal texts of one handset then have one id, and whoever drops repeats does so within a time.
     *
     * @param raw as it came
     */
    public WebhookArrival arrival(byte[] raw, Instant receivedAt) {
        boolean understood = !from.isEmpty() && (text != null || binary != null);
        String name = id.isEmpty()
                ? PartIds.ofContent(provider, Proof.hexDigest("SHA-256", raw))
                : PartIds.given(provider, id);
        return new WebhookArrival.OfMo(new MoPart(
                name,
                provider,
                Numbers.handset(from),
                Numbers.sender(to),
                text,
                binary == null ? null : ByteBuffer.wrap(binary),
                place == null ? null : place.reference,
                place == null ? 1 : place.part,
                place == null ? 1 : place.parts,
                0,
                0,
                understood,
                ByteBuffer.wrap(raw),
                Map.of(),
                sentAt,
                receivedAt));
    }
}
